// The texts as the build has made them, for tests.
#pragma once

#include "i18n/texts.h"

#include <fstream>
#include <sstream>
#include <string>

inline std::string texts_file(const std::string& language) {
    std::ifstream file(std::string(FOYER_GENERATED_TEXTS) + "/texts-" + language + ".bin", std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline foyer::i18n::Texts texts_in(const std::string& language) {
    return *foyer::i18n::Texts::load(texts_file(language));
}
