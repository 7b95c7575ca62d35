#include "app/server/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>

namespace hufu::server {

namespace {

std::string lineOf(const char *level, std::string_view event, const Fields &fields)
{
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    Fields line{{"ms", now.count()}, {"level", level}, {"event", event}};
    line.update(fields);
    return line.dump(-1, ' ', false, Fields::error_handler_t::replace);
}

} // namespace

Log::Log()
    : m_logger(std::make_shared<spdlog::logger>("hufu", std::make_shared<spdlog::sinks::stderr_sink_mt>()))
{
    m_logger->set_pattern("%v");
    m_logger->flush_on(spdlog::level::info);
}

Log::~Log() = default;

void Log::info(std::string_view event, const Fields &fields)
{
    m_logger->info("{}", lineOf("info", event, fields));
}

void Log::warn(std::string_view event, const Fields &fields)
{
    m_logger->warn("{}", lineOf("warn", event, fields));
}

void Log::error(std::string_view event, const Fields &fields)
{
    m_logger->error("{}", lineOf("error", event, fields));
}

} // namespace hufu::server
