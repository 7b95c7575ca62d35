// What openapi.yaml tells of the server's operations, held against what is answered: whatever answers without being told is kept, for
// the test's end to look at. Reads the few lines that it needs, as the file is written; that the file parses as YAML is tests/web's.
#pragma once

#include "platform/net/router.h"

#include <QtGlobal>

#include <fstream>
#include <map>
#include <set>
#include <string>

namespace hufu::tests {

class ApiBook {
public:
    struct Operation {
        std::set<int> statuses;
        std::set<std::string> visitors; // one of these kinds may ask, as securitySchemes names them
        bool isOpen = false;            // everybody may
        bool isConsole = false;         // for a company's people
        bool takesKey = false;          // the header Idempotency-Key
    };

    explicit ApiBook(const char *file)
    {
        std::ifstream lines(file);
        std::string path;
        Operation *operation = nullptr;
        std::string line;
        while (line != "paths:" && std::getline(lines, line)) {}
        while (std::getline(lines, line) && line != "components:") {
            const std::size_t in = line.find_first_not_of(' ');
            if (in == std::string::npos) continue;
            const std::string word = line.substr(in, line.find(':') - in);
            if (in == 2) path = word, operation = nullptr;
            else if (in == 4) operation = word == "parameters" ? nullptr : &m_operations[nameOf(word, path)];
            if (operation == nullptr) continue;
            if (in == 8 && word.size() == 5 && word.front() == '\'') operation->statuses.insert(std::stoi(word.substr(1, 3)));
            if (in == 6 && line == "      security: []") operation->isOpen = true;
            if (in == 8 && word.starts_with("- ") && line.ends_with(": []")) operation->visitors.insert(word.substr(2));
            if (in == 8 && line == "        - console: []") operation->isConsole = true;
            if (in == 8 && line == "        - $ref: '#/components/parameters/IdempotencyKey'") operation->takesKey = true;
        }
        if (m_operations.size() < 100) qFatal("openapi.yaml is not written as it was");
    }

    const std::map<std::string, Operation> &operations() const { return m_operations; }
    // "POST /console/v1/staff"
    static std::string nameOf(std::string method, const std::string &path)
    {
        for (char &c : method)
            c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        return method + " " + path.substr(0, path.find('?'));
    }
    void note(const net::Route &route, int status)
    {
        std::string path;
        for (const std::string &segment : route.pattern)
            path += "/" + segment;
        const std::string name = nameOf(route.method, path);
        const auto told = m_operations.find(name);
        if (told == m_operations.end() || !told->second.statuses.contains(status)) m_untold.insert(name + ": " + std::to_string(status));
    }
    // One a line; empty is well.
    std::string untold() const
    {
        std::string text;
        for (const std::string &one : m_untold)
            text += one + "\n";
        return text;
    }

private:
    std::map<std::string, Operation> m_operations;
    std::set<std::string> m_untold;
};

// Of the server, for the whole of a test program.
inline ApiBook &apiBook()
{
    static ApiBook book(HUFU_OPENAPI);
    return book;
}

// What the route of a request answers at once; noted in the book. In: its target is split already.
inline net::Response answered(const net::Router &router, net::Request request)
{
    const auto match = router.find(request.method, request.path);
    if (match.route == nullptr) qFatal("no route: %s", request.target.c_str());
    request.parameters = match.parameters;
    net::Response answer;
    match.route->handler(request, [&](net::Response response) {
        apiBook().note(*match.route, response.status);
        answer = std::move(response);
    });
    return answer;
}

} // namespace hufu::tests
