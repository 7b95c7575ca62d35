#include "tests/shield/phone/phone_process.h"

#include "platform/store/file_device_store.h"
#include "shield/threshold/blinding.h"
#include "shield/threshold/frost_blinding.h"
#include "tests/shield/phone/person.h"
#include "tests/support/fakes.h"
#include "tests/support/freed_memory.h"
#include "tests/support/secure_element.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace hufu::tests {

namespace {

constexpr std::size_t kPacketMax = 128 * 1024;

std::optional<Bytes> readPacket(int socket)
{
    Bytes packet(kPacketMax);
    const ssize_t got = ::recv(socket, packet.data(), packet.size(), 0);
    if (got <= 0) return std::nullopt;
    packet.resize(static_cast<std::size_t>(got));
    return packet;
}

bool writePacket(int socket, ByteView packet)
{
    return ::send(socket, packet.data(), packet.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(packet.size());
}

// Kills the process before or after the n-th durable step.
class DyingStore final : public ports::DeviceStore {
public:
    explicit DyingStore(ports::DeviceStore &store) : m_store(store) {}

    void arm(std::uint16_t step, bool after)
    {
        m_left = step == kNever ? -1 : step;
        m_after = after;
    }
    Result<Bytes> read(std::string_view name) override { return m_store.read(name); }
    Result<std::vector<std::string>> list() override { return m_store.list(); }
    Result<void> write(std::string_view name, ByteView content) override
    {
        return step([&] { return m_store.write(name, content); });
    }
    Result<void> remove(std::string_view name) override
    {
        return step([&] { return m_store.remove(name); });
    }

private:
    template <typename Work> Result<void> step(const Work &work)
    {
        const bool here = m_left >= 0 && m_left-- == 0;
        if (here && !m_after) ::kill(::getpid(), SIGKILL);
        Result<void> done = work();
        if (here) ::kill(::getpid(), SIGKILL);
        return done;
    }
    ports::DeviceStore &m_store;
    int m_left = -1;
    bool m_after = false;
};

// Tells the test draws from which it knows what to look for.
class TellingRandom final : public ports::Random {
public:
    explicit TellingRandom(int socket) : m_socket(socket) {}
    void fill(std::span<std::uint8_t> out, std::string_view label) override
    {
        m_random.fill(out, label);
        if (label == "w" || label == "d1" || label == "e1")
            writePacket(m_socket, Writer().u8('w').u8(static_cast<std::uint8_t>(label.front())).raw(out).bytes());
    }

private:
    int m_socket;
    ports::SystemRandom m_random;
};

class SocketLine final : public Line {
public:
    explicit SocketLine(int socket) : m_socket(socket) {}
    std::optional<std::vector<Bytes>> connect() override { return ask('c', {}); }
    std::optional<std::vector<Bytes>> send(const Bytes &message) override { return ask('m', message); }

    // The digits go from the packet into the Pin, and the packet is wiped: what is found later is the phone's doing.
    vault::Pin digits(bool fresh)
    {
        const std::uint8_t question[] = {'p', static_cast<std::uint8_t>(fresh ? 1 : 0)};
        std::uint8_t packet[16] = {};
        vault::Pin pin;
        if (!writePacket(m_socket, question)) return pin;
        const ssize_t got = ::recv(m_socket, packet, sizeof packet, 0);
        for (ssize_t i = 1; i < got; ++i)
            if (!pin.press(packet[i] - '0')) break;
        wipe(packet, sizeof packet);
        return pin;
    }

private:
    std::optional<std::vector<Bytes>> ask(char kind, ByteView content)
    {
        Bytes question = Writer().u8(static_cast<std::uint8_t>(kind)).raw(content).take();
        const bool sent = writePacket(m_socket, question);
        wipe(question.data(), question.size()); // what is found later is the phone's doing
        if (!sent) return std::nullopt;
        auto answer = readPacket(m_socket);
        if (!answer || answer->front() != 'o') return std::nullopt;
        std::vector<Bytes> answers;
        answers.emplace_back(answer->begin() + 1, answer->end());
        wipe(answer->data(), answer->size());
        return answers;
    }
    int m_socket;
};

// What a careless program does: copies that nobody wipes.
void keepCopies(phone::Environment &environment, SocketLine &line)
{
    static std::vector<Bytes> copies;
    const vault::Pin pin = line.digits(true);
    copies.push_back(bytesOf(pin.expose()));
    const auto shares = environment.vault.shares()->front();
    const auto kPin = environment.vault.stretch(pin, shares.salt, shares.stretch);
    copies.push_back(bytesOf(kPin->expose()));
    const auto device = environment.vault.device();
    // The share, and its inverse, which goes back to the heap as it is.
    const auto keep = [](const auto &share) {
        copies.push_back(bytesOf(share.bytes()));
        const auto freed = std::make_unique<ByteArray<32>>(share.inverse().bytes());
        __asm__ volatile("" : : "r"(freed.get()) : "memory"); // a copy that nobody reads is made all the same
    };
    if (shares.sign.point.suite() == crypto::Suite::frost) {
        const auto key = threshold::frost::SharedKey::of(shares.sign.point.bytes(), (*device)->acct, shares.epoch);
        keep(threshold::frost::unblind(shares.sign.blinded, *kPin, *key, shares.saltEpoch)->expose());
        return;
    }
    const auto key =
        threshold::SharedKey::of(threshold::KeyType::sign, shares.sign.point, (*device)->acct, shares.epoch);
    keep(threshold::unblind(shares.sign.blinded, *kPin, *key, shares.saltEpoch)->expose());
}

phone::Show fulfilled(Wish wish, phone::Environment &environment, SocketLine &line)
{
    Person person(line);
    person.pin = [&line] { return line.digits(false); };
    person.newPin = [&line] { return line.digits(true); };
    switch (wish) {
    case Wish::activate: {
        phone::Activation flow(environment);
        phone::ActivationLink link;
        link.server.host = "127.0.0.1";
        link.server.port = 443;
        return person.play(flow, flow.start(link));
    }
    case Wish::sign:
    case Wish::decrypt: {
        phone::Approval flow(environment);
        return person.play(flow, flow.begin(wish == Wish::sign ? intent::Act::rehearseSign : intent::Act::rehearseDecrypt));
    }
    case Wish::changePin: {
        phone::PinChange flow(environment);
        return person.play(flow, flow.start());
    }
    case Wish::keepCarelessCopies:
        keepCopies(environment, line);
        return phone::Show::done;
    }
    return phone::Show::stopped;
}

} // namespace

int servePhone(int socket, const std::filesystem::path &folder)
{
    keepFreedMemory();
    auto files = store::FileDeviceStore::open(folder);
    if (!files) return 2;
    DyingStore store(**files);
    MemoryElement element;
    vault::Vault vault(store, element);
    TellingRandom random(socket);
    ManualClock clock;
    phone::Environment environment{vault, random, clock, {64, 1}};
    SocketLine line(socket);
    while (const auto packet = readPacket(socket)) {
        Reader reader(*packet);
        const auto wish = static_cast<Wish>(reader.u8());
        const std::uint16_t step = reader.u16();
        store.arm(step, reader.u8() == 1);
        const std::uint8_t page[] = {'s', static_cast<std::uint8_t>(fulfilled(wish, environment, line))};
        if (!writePacket(socket, page)) return 3;
    }
    return 0;
}

void PhoneProcess::start()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return;
    m_process = ::fork();
    if (m_process == 0) { // a fresh program: nothing of the test's own memory is in it
        constexpr int kSocket = 3;
        if (ends[1] == kSocket) // dup2 of a descriptor onto itself keeps it from being inherited
            ::_exit(4);
        ::dup2(ends[1], kSocket);
        ::execl("/proc/self/exe", "phone", "--phone", m_folder.c_str(), nullptr);
        ::_exit(5);
    }
    ::close(ends[1]);
    m_socket = ends[0];
}

void PhoneProcess::stop()
{
    if (m_socket >= 0) ::close(m_socket);
    if (m_process > 0) ::waitpid(m_process, nullptr, 0);
    m_socket = -1;
    m_process = -1;
}

std::optional<phone::Show> PhoneProcess::fulfil(Wish wish, std::uint16_t killedAt, bool after)
{
    if (m_process < 0) start();
    writePacket(m_socket, Writer().u8(static_cast<std::uint8_t>(wish)).u16(killedAt).u8(after ? 1 : 0).bytes());
    const auto reply = [this](const std::optional<Bytes> &content) {
        if (content)
            writePacket(m_socket, Writer().u8('o').raw(*content).bytes());
        else
            writePacket(m_socket, Writer().u8('x').bytes());
    };
    while (const auto packet = readPacket(m_socket)) {
        const ByteView content = ByteView(*packet).subspan(1);
        switch (packet->front()) {
        case 'c': reply(m_server.connect()); break;
        case 'm': reply(m_server.receive(content)); break;
        case 'w': m_server.drew(std::string(1, static_cast<char>(content.front())), content.subspan(1)); break;
        case 'p': reply(bytesOf(viewOf(m_server.digits(content.front() == 1)))); break;
        case 's': return static_cast<phone::Show>(content.front());
        default: break;
        }
    }
    stop();
    return std::nullopt;
}

} // namespace hufu::tests
