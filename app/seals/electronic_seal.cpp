#include "app/seals/electronic_seal.h"

#include "platform/drawing/seal_picture.h"

#include <cmath>

namespace hufu::seals {

namespace {

constexpr char kVendor[] = "HUFU";
constexpr int kDotsPerInch = 300;

} // namespace

Result<documents::SesSeal> makeElectronicSeal(authority::Authority &authority, ports::Transaction &transaction,
                                              const ElectronicSealOrder &order, std::int64_t nowMs)
{
    HUFU_TRY(picture, drawing::SealPicture::draw(order.face));
    HUFU_TRY(png, picture.png(kDotsPerInch));
    const int side = static_cast<int>(std::lround(picture.sideMm()));
    documents::SesSealInfo info;
    info.vendor = kVendor;
    info.id = order.id;
    info.type = order.face.form == documents::SealForm::legalPerson ? documents::SesSealInfo::Type::person
                                                                    : documents::SesSealInfo::Type::unit;
    info.name = order.face.name;
    info.signers = order.signers;
    info.createdMs = info.fromMs = nowMs - nowMs % 1000; // as it is written
    info.untilMs = order.untilMs;
    info.picture = {"png", png, side, side};
    HUFU_TRY(infoDer, info.der());
    HUFU_TRY(made, authority.makeSeal(transaction, infoDer, nowMs));
    HUFU_TRY(der, documents::buildSesSeal(infoDer, made.maker, made.signature));
    return documents::SesSeal::parse(der);
}

} // namespace hufu::seals
