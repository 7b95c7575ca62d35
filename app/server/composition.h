// Puts the server together: the only place that knows which store, clock, keys and outside services are used.
#pragma once

#include "app/server/options.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

namespace hufu::server {

class Composition {
public:
    // Opens everything and takes the port; who connects waits until serve(). Errors: what the parts say; the log has told which.
    static Result<std::unique_ptr<Composition>> open(const Options &options);
    ~Composition(); // stops
    Composition(const Composition &) = delete;
    Composition &operator=(const Composition &) = delete;

    // An operator's word, on a data folder that a server may be running on. Returns: the exit code; what it has to say
    // goes to out, an error of the catalogue to problems.
    static int operate(const Options &options, std::FILE *out, std::FILE *problems);

    // What is printed once on standard output: port, pins, links.
    nlohmann::ordered_json readyLine() const;
    // Answers requests; called once, after the ready line: whoever started the server hears of it before anybody can end it.
    void serve();
    // Answers what waits, ends connections, closes the database.
    void stop();

private:
    struct Parts;
    explicit Composition(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace hufu::server
