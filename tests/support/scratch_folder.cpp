#include "test_support/scratch_folder.h"

#include <cstdlib>
#include <filesystem>

namespace foyer::test {

ScratchFolder::ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "foyer-test-XXXXXX").string();
    if (!mkdtemp(name.data()))
        std::abort();
    m_path = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

} // namespace foyer::test
