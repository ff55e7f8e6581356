#include "program/data_folder.h"

namespace foyer::server {

std::string host_for_url(const std::string& host) {
    if (host == "0.0.0.0" || host == "::")
        return "localhost";
    return host.find(':') != std::string::npos ? "[" + host + "]" : host;
}

std::string origin_of(const Settings& settings, int port) {
    std::string origin = settings.origin.empty() ? "http://" + host_for_url(settings.host) + ":" + std::to_string(port)
                                                 : settings.origin;
    while (!origin.empty() && origin.back() == '/')
        origin.pop_back();
    return origin;
}

} // namespace foyer::server
