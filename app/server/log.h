// The log: one JSON object a line on standard error. Identifiers, times and codes; no personal data.
#pragma once

#include <nlohmann/json.hpp>

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace hufu::server {

using Fields = nlohmann::ordered_json;

// May be used by several threads.
class Log {
public:
    Log();
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    // event: a name from the source, like "http"; fields: flat.
    void info(std::string_view event, const Fields &fields = Fields::object());
    void warn(std::string_view event, const Fields &fields = Fields::object());
    void error(std::string_view event, const Fields &fields = Fields::object());

private:
    std::shared_ptr<spdlog::logger> m_logger;
};

} // namespace hufu::server
