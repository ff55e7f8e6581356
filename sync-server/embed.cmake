# Writes files into a C++ source as byte arrays, so that the server needs nothing beside it:
#   cmake -DOUTPUT=embedded.cpp -DNAMES=page_html,texts_fr -DFILES=page.html,texts-fr.bin -P embed.cmake
string(REPLACE "," ";" names "${NAMES}")
string(REPLACE "," ";" files "${FILES}")
set(content "#include \"pages/embedded.h\"\n\nnamespace foyer::server::pages {\n\n")
foreach(name file IN ZIP_LISTS names files)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND content "static const unsigned char ${name}_bytes[] = {${bytes}0};\n"
    "std::string_view ${name}() {\n    return {reinterpret_cast<const char*>(${name}_bytes), sizeof ${name}_bytes - 1};\n}\n\n")
endforeach()
string(APPEND content "} // namespace foyer::server::pages\n")
file(WRITE ${OUTPUT} "${content}")
