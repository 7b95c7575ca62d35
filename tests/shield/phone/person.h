// A person who wants the thing to end well, and the line over which the phone reaches its server: together they play a flow to
// its end, whatever happens on the way.
#pragma once

#include "shield/phone/activation.h"
#include "shield/phone/approval.h"
#include "shield/phone/pin_change.h"
#include "shield/phone/recovery.h"
#include "shield/phone/refresh.h"

#include <deque>
#include <functional>

namespace hufu::tests {

class Line {
public:
    virtual ~Line() = default;
    // The first messages of a new connection. Nothing: it could not be opened.
    virtual std::optional<std::vector<Bytes>> connect() = 0;
    // What comes back for a message. Nothing: the connection was cut.
    virtual std::optional<std::vector<Bytes>> send(const Bytes &message) = 0;
};

class Person {
public:
    explicit Person(Line &line) : m_line(line) {}

    std::function<vault::Pin()> pin, newPin; // as they are typed, each time anew
    std::string smsCode = "246802", recoveryCode;
    int inputsLeft = 20, messagesLeft = 300; // then the person gives up

    // In: the flow, already begun. Returns: the last page.
    template <typename Flow> phone::Show play(Flow &flow, Result<phone::Step> step)
    {
        while (step && inputsLeft-- > 0) {
            const auto page = carry(flow, std::move(*step));
            if (!page) return phone::Show::working;
            if (*page == phone::Show::done || *page == phone::Show::stopped || *page == phone::Show::refused) return *page;
            step = answer(flow, *page);
        }
        return phone::Show::working;
    }

    // Messages both ways until only the person can go on. Nothing: the flow did not take a message.
    template <typename Flow> std::optional<phone::Show> carry(Flow &flow, phone::Step step)
    {
        using phone::Show;
        std::deque<Bytes> answers;
        while (messagesLeft-- > 0) {
            bool cut = false;
            if (step.connect) {
                answers.clear();
                auto first = m_line.connect();
                cut = !first;
                if (first) answers.assign(std::move_iterator(first->begin()), std::move_iterator(first->end()));
            }
            for (std::size_t i = 0; i < step.send.size() && !cut; ++i) {
                auto more = m_line.send(step.send[i]);
                cut = !more;
                if (more)
                    answers.insert(answers.end(), std::move_iterator(more->begin()), std::move_iterator(more->end()));
            }
            if (step.show == Show::done || step.show == Show::stopped || step.close) return step.show;
            if (!cut && answers.empty()) return step.show;
            Result<phone::Step> next = [&] {
                if (cut) {
                    answers.clear();
                    return flow.connectionLost();
                }
                Bytes first = std::move(answers.front());
                answers.pop_front();
                auto taken = flow.receive(first);
                wipe(first.data(), first.size()); // what is found in memory later is the phone's doing
                return taken;
            }();
            if (!next) return std::nullopt;
            step = std::move(*next);
        }
        return step.show;
    }

private:
    Result<phone::Step> answer(phone::Approval &flow, phone::Show page)
    {
        using phone::Show;
        if (page == Show::approve) return flow.approve();
        if (page == Show::sms) return flow.smsCode(smsCode);
        if (page == Show::liveness) return flow.liveness(1, {9});
        if (page == Show::pin) {
            const bool fresh = flow.whichPin() == phone::Approval::WhichPin::fresh;
            return flow.pin(fresh && newPin ? newPin() : pin());
        }
        return flow.tick();
    }
    Result<phone::Step> answer(phone::PinChange &flow, phone::Show page)
    {
        using phone::Show;
        if (page == Show::sms) return flow.smsCode(smsCode);
        if (page == Show::pin) return flow.pin(pin());
        if (page == Show::newPin) return flow.newPin(newPin());
        if (page == Show::repeatPin) return flow.repeatPin(newPin());
        return flow.tick();
    }
    Result<phone::Step> answer(phone::Recovery &flow, phone::Show page)
    {
        using phone::Show;
        if (page == Show::recoveryCode) return flow.code(recoveryCode);
        if (page == Show::pin) return flow.pin(pin());
        return flow.tick();
    }
    Result<phone::Step> answer(phone::Refresh &flow, phone::Show) { return flow.tick(); } // nobody is asked
    Result<phone::Step> answer(phone::Activation &flow, phone::Show page)
    {
        using phone::Show;
        if (page == Show::phoneNumber) return flow.phoneNumber("13800138000");
        if (page == Show::terms) return flow.proof(smsCode, flow.terms()->agreements, 0, {});
        if (page == Show::choosePin) return flow.choosePin(pin());
        if (page == Show::repeatPin) return flow.repeatPin(pin());
        if (page == Show::pin) return flow.pin(pin());
        return flow.tick();
    }

    Line &m_line;
};

} // namespace hufu::tests
