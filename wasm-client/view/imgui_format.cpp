// Dear ImGui's formatting functions. It formats names of windows and of fonts, and logs: nothing of it is ever shown or
// looked up here, so the format itself serves as the text, and the C library's printf is not part of the download.
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstdarg>
#include <cstring>

int ImFormatStringV(char* buffer, std::size_t size, const char* format, std::va_list) {
    const std::size_t length = std::strlen(format);
    if (!buffer || size == 0)
        return static_cast<int>(length);
    const std::size_t copied = std::min(length, size - 1);
    std::memcpy(buffer, format, copied);
    buffer[copied] = '\0';
    return static_cast<int>(copied);
}

int ImFormatString(char* buffer, std::size_t size, const char* format, ...) {
    std::va_list arguments;
    va_start(arguments, format);
    const int length = ImFormatStringV(buffer, size, format, arguments);
    va_end(arguments);
    return length;
}
