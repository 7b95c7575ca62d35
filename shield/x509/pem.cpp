#include "shield/x509/pem.h"

#include "shield/x509/openssl.h"

#include <openssl/pem.h>

namespace hufu::x509 {

Result<std::vector<Bytes>> blocksOfPem(std::string_view pem, std::string_view label)
{
    const QuietErrors quiet;
    std::vector<Bytes> blocks;
    if (pem.size() > 16 * 1024 * 1024) return Error(Errc::badInput, "PEM too long");
    const OwnedBio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!source) return Error(Errc::internal, "memory");
    for (;;) {
        char *name = nullptr;
        char *header = nullptr;
        unsigned char *data = nullptr;
        long length = 0;
        if (PEM_read_bio(source.get(), &name, &header, &data, &length) != 1) break;
        const bool wanted = label == name;
        const bool plain = *header == '\0';
        if (wanted && plain) blocks.emplace_back(data, data + length);
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(data, static_cast<std::size_t>(length));
        if (wanted && !plain) return Error(Errc::badInput, "encrypted PEM");
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
        return Error(Errc::badInput, "broken PEM");
    return blocks;
}

std::string toPem(std::string_view label, ByteView der)
{
    const OwnedBio sink(BIO_new(BIO_s_mem()));
    const std::string name(label);
    if (!sink || PEM_write_bio(sink.get(), name.c_str(), "", der.data(), static_cast<long>(der.size())) <= 0)
        return {};
    char *text = nullptr;
    const long length = BIO_get_mem_data(sink.get(), &text);
    return std::string(text, static_cast<std::size_t>(length));
}

bool isPem(ByteView file)
{
    return file.size() >= 5 && textOf(file).find("-----BEGIN ") != std::string::npos;
}

Result<Bytes> derOfFile(ByteView file, std::string_view label)
{
    if (!isPem(file)) return bytesOf(file);
    HUFU_TRY(blocks, blocksOfPem(textOf(file), label));
    if (blocks.size() != 1) return Error(Errc::badInput, "not one block of this kind");
    return std::move(blocks.front());
}

} // namespace hufu::x509
