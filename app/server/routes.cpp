#include "app/server/routes.h"

namespace hufu::server {

void Routes::add(const char *method, const char *pattern, net::Handler handler, std::size_t bodyMax)
{
    const auto logged = [this, method, pattern, handler = std::move(handler)](const net::Request &request,
                                                                              const net::Reply &reply) {
        const std::int64_t begun = m_clock.monotonicMs();
        handler(request,
                [&log = m_log, &clock = m_clock, method, pattern, begun, reply](net::Response response) {
                    log.info("http", {{"method", method},
                                      {"route", pattern},
                                      {"status", response.status},
                                      {"tookMs", clock.monotonicMs() - begun}});
                    reply(std::move(response));
                });
    };
    m_router.add(method, pattern, logged, bodyMax);
}

} // namespace hufu::server
