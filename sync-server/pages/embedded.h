// Files that are part of the program; written by embed.cmake.
#pragma once

#include <string_view>

namespace foyer::server::pages {

std::string_view shell_template(); // web/index/page.html
std::string_view french_texts();   // texts-fr.bin
std::string_view english_texts();  // texts-en.bin

} // namespace foyer::server::pages
