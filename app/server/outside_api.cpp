#include "app/server/outside_api.h"

#include "app/server/problem.h"

namespace hufu::server {

namespace {

using catalogue::Code;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::int64_t kDelayMost = 600'000;
constexpr std::uint64_t kCentsMost = 100'000'000;

ordered_json jsonOf(const Faults &faults)
{
    ordered_json verdict = nullptr;
    if (faults.faceVerdict) verdict = *faults.faceVerdict;
    return {{"sms", {{"down", faults.smsDown}, {"delayMs", faults.smsDelayMs}}},
            {"face", {{"down", faults.faceDown}, {"verdict", verdict}}}};
}

bool takeSms(const json &change, Faults &faults)
{
    for (const auto &[name, value] : change.items()) {
        if (name == "down" && value.is_boolean()) {
            faults.smsDown = value.get<bool>();
        } else if (name == "delayMs" && value.is_number_unsigned() &&
                   value.get<std::uint64_t>() <= kDelayMost) {
            faults.smsDelayMs = value.get<std::int64_t>();
        } else {
            return false;
        }
    }
    return change.is_object();
}

bool takeFace(const json &change, Faults &faults)
{
    for (const auto &[name, value] : change.items()) {
        if (name == "down" && value.is_boolean()) {
            faults.faceDown = value.get<bool>();
        } else if (name == "verdict" && value.is_null()) {
            faults.faceVerdict.reset();
        } else if (name == "verdict" && (value == "live" || value == "notLive" || value == "otherPerson")) {
            faults.faceVerdict = value.get<std::string>();
        } else {
            return false;
        }
    }
    return change.is_object();
}

bool take(const json &change, Faults &faults)
{
    for (const auto &[name, value] : change.items()) {
        const bool good = name == "sms" ? takeSms(value, faults) : name == "face" && takeFace(value, faults);
        if (!good) return false;
    }
    return true;
}

net::Response setFaults(const Outside &outside, const net::Request &request)
{
    const auto change = parseObject(request.body);
    if (!change) return problemOf(change.error());
    Faults faults = outside.faults();
    if (!take(*change, faults)) return problem(400, Code::malformed);
    outside.setFaults(faults);
    return jsonResponse(jsonOf(faults));
}

net::Response inbox(const Outside &outside, const net::Request &request)
{
    const auto phone = request.query.find("phone");
    if (phone == request.query.end()) return problem(400, Code::malformed);
    ordered_json messages = ordered_json::array();
    for (const Outside::Message &message : outside.messagesFor(phone->second))
        messages.push_back({{"text", message.text}, {"arrivedMs", message.arrivedMs}});
    return jsonResponse({{"messages", messages}});
}

net::Response pay(const Outside &outside, const net::Request &request)
{
    const auto body = parseObject(request.body);
    if (!body) return problemOf(body.error());
    const auto order = textMember(*body, "order");
    const auto cents = body->find("cents");
    if (!order || cents == body->end() || !cents->is_number_unsigned() || cents->get<std::uint64_t>() > kCentsMost)
        return problem(400, Code::malformed);
    const auto id = idOf<16>(*order);
    if (!id) return problemOf(id.error());
    const auto paid = outside.pay(*id, cents->get<std::int64_t>());
    return paid ? noContent() : problemOf(paid.error());
}

} // namespace

void addOutsideApi(Routes &routes, Outside outside)
{
    using net::Reply;
    using net::Request;
    const auto shared = std::make_shared<const Outside>(std::move(outside));
    routes.add("GET", "/outside/sms",
               [shared](const Request &request, const Reply &reply) { reply(inbox(*shared, request)); });
    routes.add("GET", "/outside/faults", [shared](const Request &, const Reply &reply) {
        reply(jsonResponse(jsonOf(shared->faults())));
    });
    routes.add("POST", "/outside/faults",
               [shared](const Request &request, const Reply &reply) { reply(setFaults(*shared, request)); });
    routes.add("POST", "/outside/payments",
               [shared](const Request &request, const Reply &reply) { reply(pay(*shared, request)); });
}

} // namespace hufu::server
