// IMGUI_USER_CONFIG: what Dear ImGui is compiled with, besides the switches in toolchains/third_party.cmake.
#pragma once

#include <cstdio>

// ImGui scans text only to read its window settings from a file. We have no windows and no file; the C library's
// scanner would be ten kilobytes of the download.
#define sscanf(...) 0
