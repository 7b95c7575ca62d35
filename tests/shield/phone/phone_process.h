// A phone in a process of its own, with its files on disk. It is told what to do, speaks with its server and asks for digits
// over one socket, a packet each:
//   told:   wish 1 | step 2 at which it kills itself, counted from 0; 0xffff: never | 1 if only after that step
//   asks:   kind 1 | content, answered by one packet: 'o' content, or 'x'
//   tells:  'w' | label 1 | draw, of what only the phone knows: w, which blinds a ciphertext (48), d1 and e1, the nonces of suite 2 (32)
#pragma once

#include "shield/base/bytes.h"
#include "shield/phone/step.h"

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace hufu::tests {

enum class Wish : std::uint8_t {
    activate = 1,
    sign,
    decrypt,
    changePin,
    keepCarelessCopies, // of share, K_pin and digits, and one of d1 that is freed, as a careless program would
};

inline constexpr std::uint16_t kNever = 0xffff;

// In the phone's process: serves wishes until the socket ends. Returns: the exit code.
int servePhone(int socket, const std::filesystem::path &folder);

// In the test's process.
class PhoneProcess {
public:
    struct Server {
        std::function<std::optional<Bytes>()> connect;
        std::function<std::optional<Bytes>(ByteView message)> receive;
        std::function<std::string(bool fresh)> digits;
        std::function<void(const std::string &label, ByteView draw)> drew;
    };

    PhoneProcess(std::filesystem::path folder, Server server) : m_folder(std::move(folder)), m_server(std::move(server)) {}
    ~PhoneProcess() { stop(); }
    PhoneProcess(const PhoneProcess &) = delete;
    PhoneProcess &operator=(const PhoneProcess &) = delete;

    // Starts the process if it is not there. Returns: the last page; nothing: it was killed.
    std::optional<phone::Show> fulfil(Wish wish, std::uint16_t killedAt = kNever, bool after = false);
    void stop();
    pid_t id() const { return m_process; }

private:
    void start();

    std::filesystem::path m_folder;
    Server m_server;
    int m_socket = -1;
    pid_t m_process = -1;
};

} // namespace hufu::tests
