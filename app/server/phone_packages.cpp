#include "app/server/phone_packages.h"

#include "app/server/problem.h"

#include <boost/crc.hpp>

#include <array>

namespace hufu::server {

namespace {

constexpr char kText[] = "虎符手机盾演示安装包：本演示的手机应用在电脑上运行（app/run），此文件仅供下载页演示，不能安装。\n"
                         "Hufu phone shield, demo package: in this demo the phone's app runs on a computer (app/run). This file shows how the page hands "
                         "packages out, and cannot be installed.\n";

// Numbers of a ZIP archive stand with the least octet first.
void put(Bytes &out, std::uint32_t value, int octets)
{
    for (int i = 0; i < octets; ++i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put(Bytes &out, std::string_view text)
{
    out.insert(out.end(), text.begin(), text.end());
}

} // namespace

// Local header, file, central directory, its end (APPNOTE 4.3.6); names in UTF-8.
Bytes archiveOf(const std::string &name, const std::string &text)
{
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    const auto size = static_cast<std::uint32_t>(text.size()), nameSize = static_cast<std::uint32_t>(name.size());
    constexpr std::uint32_t kVersion = 20, kUtf8 = 0x0800, kStored = 0, kTime = 0, kDay = (46u << 9) | (1u << 5) | 1u; // 1 January 2026
    const auto common = [&](Bytes &out) {
        put(out, kVersion, 2);
        put(out, kUtf8, 2);
        put(out, kStored, 2);
        put(out, kTime, 2);
        put(out, kDay, 2);
        put(out, crc.checksum(), 4);
        put(out, size, 4);
        put(out, size, 4);
        put(out, nameSize, 2);
        put(out, 0, 2); // no extra field
    };
    Bytes out;
    put(out, 0x04034b50, 4);
    common(out);
    put(out, name);
    put(out, text);
    const auto directory = static_cast<std::uint32_t>(out.size());
    put(out, 0x02014b50, 4);
    put(out, kVersion, 2);
    common(out);
    put(out, 0, 2);  // no comment
    put(out, 0, 2);  // disk
    put(out, 1, 2);  // text
    put(out, 0, 4);  // attributes
    put(out, 0, 4);  // where the local header is
    put(out, name);
    const auto directorySize = static_cast<std::uint32_t>(out.size()) - directory;
    put(out, 0x06054b50, 4);
    put(out, 0, 4); // disks
    put(out, 1, 2);
    put(out, 1, 2);
    put(out, directorySize, 4);
    put(out, directory, 4);
    put(out, 0, 2);
    return out;
}

void addPhonePackages(Routes &routes)
{
    struct Package {
        const char *path, *name, *type;
    };
    for (const Package &package : std::array{Package{"/app/hufu-demo.apk", "hufu-demo.apk", "application/vnd.android.package-archive"},
                                             Package{"/app/hufu-demo.ipa", "hufu-demo.ipa", "application/octet-stream"}})
        routes.add("GET", package.path, [package](const net::Request &, const net::Reply &reply) {
            net::Response response = fileResponse(package.type, archiveOf("README.txt", kText));
            response.headers = {{"Content-Disposition", std::string("attachment; filename=\"") + package.name + '"'}, {"X-Content-Type-Options", "nosniff"}};
            reply(std::move(response));
        });
}

} // namespace hufu::server
