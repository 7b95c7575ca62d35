// A folder of envelopes, and the two keys of a person who seals and opens them.
#pragma once

#include "app/envelope/key_file.h"
#include "app/envelope/opening.h"
#include "app/envelope/sealing.h"
#include "tests/support/pki.h"

#include <QDir>
#include <QTemporaryDir>

#include <fstream>

namespace hufu::tests {

class EnvelopeFolder {
public:
    Pki pki;
    ports::SystemRandom random;

    std::filesystem::path path(const std::string &name) const
    {
        return std::filesystem::path(m_dir.path().toStdString()) / name;
    }
    void write(const std::string &name, ByteView content) const
    {
        std::ofstream(path(name), std::ios::binary)
            .write(reinterpret_cast<const char *>(content.data()),
                   static_cast<std::streamsize>(content.size()));
    }
    Bytes read(const std::string &name) const
    {
        std::ifstream file(path(name), std::ios::binary);
        return Bytes(std::istreambuf_iterator<char>(file), {});
    }
    // All names, of what has one.
    QStringList names() const { return QDir(m_dir.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }
    void clear() const
    {
        for (const QString &name : names())
            QFile::remove(m_dir.filePath(name));
    }

    static envelope::KeyFile keyOf(const WholeKey &key) { return {key.d, key.point}; }
    envelope::SealOrder order(const std::string &source, const std::string &target) const
    {
        envelope::SealOrder out;
        out.source = path(source);
        out.target = path(target);
        out.recipients = {pki.encrypt};
        out.trust = pki.trust();
        out.nowMs = pki.nowMs;
        return out;
    }
    envelope::FileSigner signer() const { return signer(pki.sign, pki.signKey, pki.nowMs); }
    envelope::FileSigner signer(const x509::Certificate &certificate, const WholeKey &key,
                                std::int64_t nowMs) const
    {
        return envelope::FileSigner(keyOf(key), {certificate, pki.issuing}, nowMs);
    }
    envelope::OpenOrder openOrder(const std::string &target) const
    {
        envelope::OpenOrder out;
        out.target = path(target);
        out.question.trust = {{pki.root}, {}, {}};
        out.question.nowMs = pki.nowMs;
        return out;
    }
    // Seals source to target, signed.
    envelope::Outcome<envelope::Sealed> seal(const std::string &source, const std::string &target)
    {
        auto by = signer();
        envelope::SealOrder with = order(source, target);
        with.signer = &by;
        return envelope::seal(with, random);
    }
    envelope::Outcome<envelope::Opened> open(const std::string &source, const envelope::OpenOrder &with,
                                             const WholeKey &key) const
    {
        const auto file = envelope::EnvelopeFile::open(path(source));
        if (!file) return file.problem();
        envelope::FileKeyOpener opener(keyOf(key));
        return envelope::open(*file, opener, with);
    }
    envelope::Outcome<envelope::Opened> open(const std::string &source, const std::string &target) const
    {
        return open(source, openOrder(target), pki.encryptKey);
    }

private:
    QTemporaryDir m_dir;
};

} // namespace hufu::tests
