#include "app/server/phone_packages.h"

#include "app/server/problem.h"
#include "platform/archive/archive.h"

#include <array>

namespace hufu::server {

namespace {

constexpr char kText[] = "虎符手机盾演示安装包：本演示的手机应用在电脑上运行（app/run），此文件仅供下载页演示，不能安装。\n"
                         "Hufu phone shield, demo package: in this demo the phone's app runs on a computer (app/run). This file shows how the page hands "
                         "packages out, and cannot be installed.\n";

} // namespace

void addPhonePackages(Routes &routes)
{
    struct Package {
        const char *path, *name, *type;
    };
    for (const Package &package : std::array{Package{"/app/hufu-demo.apk", "hufu-demo.apk", "application/vnd.android.package-archive"},
                                             Package{"/app/hufu-demo.ipa", "hufu-demo.ipa", "application/octet-stream"}})
        routes.add("GET", package.path, [package](const net::Request &, const net::Reply &reply) {
            auto content = archive::zipped({{"README.txt", viewOf(kText)}});
            if (!content) return reply(problemOf(content.error()));
            net::Response response = fileResponse(package.type, std::move(*content));
            response.headers = {{"Content-Disposition", std::string("attachment; filename=\"") + package.name + '"'}, {"X-Content-Type-Options", "nosniff"}};
            reply(std::move(response));
        });
}

} // namespace hufu::server
