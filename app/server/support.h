// Support on every page: whom to ask (the operator's settings), and cases that a person sends.
#pragma once

#include "app/server/console_guard.h"
#include "app/server/rate.h"
#include "app/server/routes.h"
#include "shield/enterprise/support_cases.h"
#include "shield/ports/clock.h"

#include <nlohmann/json.hpp>

namespace hufu::server {

// What the pages show, as they get it: {"person","group","hotline","hours": {"zh","en"}, "chat": address or null}
class Support {
public:
    static constexpr std::size_t kSettingsMost = 4096; // bytes of the file

    // What the demo shows: placeholders.
    static nlohmann::ordered_json placeholders();
    // The operator's support.json: {"person": {"zh": "…", "en": "…"}, "group": {…}, "hotline": {…}, "hours": {…}, "chat": "https://…"}, each
    // may be left out. Errors: badInput.
    static Result<nlohmann::ordered_json> parse(ByteView file);

    // All but settings outlive it.
    Support(nlohmann::ordered_json settings, enterprise::SupportCases &cases, ports::Clock &clock, ConsoleGuard &guard)
        : m_settings(std::move(settings)), m_cases(cases), m_clock(clock), m_guard(guard)
    {}

    void add(Routes &routes);

private:
    struct Case {
        enterprise::SupportCase report;
        Bytes picture;
    };
    static Result<Case> caseOf(const net::Request &request); // Errors: badInput

    nlohmann::ordered_json m_settings;
    enterprise::SupportCases &m_cases;
    ports::Clock &m_clock;
    ConsoleGuard &m_guard;
    Rate m_rate{5, 30};
};

} // namespace hufu::server
