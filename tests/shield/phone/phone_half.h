// A phone in memory, and the pump between a flow and the server half.
#pragma once

#include "shield/phone/activation.h"
#include "shield/phone/approval.h"
#include "shield/phone/pin_change.h"
#include "shield/phone/recovery.h"
#include "tests/shield/phone/server_half.h"
#include "tests/support/secure_element.h"

namespace hufu::tests {

inline vault::Pin pinOf(std::string_view digits)
{
    vault::Pin pin;
    for (const char c : digits)
        if (!pin.press(c - '0')) break;
    return pin;
}

inline constexpr std::string_view kPin = "739154", kOtherPin = "482615";

struct PhoneHalf {
    PhoneHalf() : vault(store, element) {}
    // With files and a secure element of the test's choice.
    PhoneHalf(ports::DeviceStore &files, ports::SecureElement &chip) : vault(files, chip) {}

    ManualClock clock;
    ServerHalf server{clock};
    MemoryDeviceStore store;
    MemoryElement element;
    vault::Vault vault;
    ports::SystemRandom random;
    phone::Environment environment{vault, random, clock, {64, 1}};
    std::uint16_t port = 443; // of the server that it is activated at
    int connections = 0;
    std::function<void()> onDown; // after each connection that cannot be opened; three seconds are over with it
    std::vector<wire::Type> sent;

    // Carries messages both ways until the flow has nothing to say and only the person can go on.
    template <typename Flow> phone::Step pump(Flow &flow, Result<phone::Step> first)
    {
        phone::Step step = std::move(first.value());
        std::vector<Bytes> answers;
        while (step.connect || !step.send.empty() || !answers.empty()) {
            if (step.connect) {
                answers.clear();
                ++connections;
                if (auto greeting = server.connect()) {
                    answers.push_back(*greeting);
                } else {
                    clock.advance(3'000);
                    if (onDown) onDown();
                    step = next(flow.connectionLost());
                    continue;
                }
                step.connect = false;
            }
            bool cut = false;
            for (const Bytes &message : step.send) {
                sent.push_back(wire::Envelope::split(message)->type);
                auto answer = server.receive(message);
                cut = !answer;
                if (cut) break;
                for (Bytes &each : *answer)
                    answers.push_back(std::move(each));
            }
            step.send.clear();
            if (cut) {
                answers.clear();
                step = next(flow.connectionLost());
                continue;
            }
            if (answers.empty()) break;
            const Bytes answer = answers.front();
            answers.erase(answers.begin());
            step = next(flow.receive(answer));
            if (step.close) break;
        }
        return step;
    }

    phone::ActivationLink link() const
    {
        phone::ActivationLink out;
        out.server.host = "127.0.0.1";
        out.server.port = port;
        return out;
    }

    // From the link to the last page before the keys.
    phone::Step enrol(phone::Activation &flow)
    {
        pump(flow, flow.start(link()));
        pump(flow, flow.phoneNumber("13800138000"));
        pump(flow, flow.proof(server.smsCode, flow.terms()->agreements, 0, {}));
        return pump(flow, flow.choosePin(pinOf(kPin)));
    }

    phone::Step activate(phone::Activation &flow)
    {
        enrol(flow);
        return pump(flow, flow.repeatPin(pinOf(kPin)));
    }

    bool activate()
    {
        phone::Activation flow(environment);
        const bool done = activate(flow).show == phone::Show::done;
        sent.clear();
        server.log.clear();
        server.received = 0;
        server.sessions.clear();
        return done;
    }

    // Claims a session of the server by its frame.
    phone::Step claim(phone::Approval &flow, const ByteArray<16> &token)
    {
        return pump(flow, flow.claim(server.frame(token).text(), clock.monotonicMs()));
    }

    crypto::PublicKey signPoint() { return vault.shares()->front().sign.point; }

private:
    static phone::Step next(Result<phone::Step> result)
    {
        if (result) return std::move(*result);
        phone::Step step(phone::Show::stopped); // a test that expects a page fails here
        step.problem = phone::Problem{};
        return step;
    }
};

} // namespace hufu::tests
