#include "app/seals/electronic_seal.h"

#include <cmath>

namespace hufu::seals {

namespace {

constexpr char kVendor[] = "HUFU";
constexpr int kDotsPerInch = 300;

} // namespace

Result<documents::SesPicture> pictureFor(const drawing::SealPicture &drawn)
{
    HUFU_TRY(png, drawn.png(kDotsPerInch));
    const int side = static_cast<int>(std::lround(drawn.sideMm()));
    return documents::SesPicture{"png", std::move(png), side, side};
}

Result<documents::SesSeal> makeElectronicSeal(authority::Authority &authority, ports::Transaction &transaction,
                                              const ElectronicSealOrder &order, std::int64_t nowMs)
{
    documents::SesSealInfo info;
    info.vendor = kVendor;
    info.id = order.id;
    info.type = order.face.form == documents::SealForm::legalPerson ? documents::SesSealInfo::Type::person
                                                                    : documents::SesSealInfo::Type::unit;
    info.name = order.face.name;
    info.signers = order.signers;
    info.createdMs = info.fromMs = nowMs - nowMs % 1000; // as it is written
    info.untilMs = order.untilMs;
    info.picture = order.picture;
    HUFU_TRY(infoDer, info.der());
    HUFU_TRY(made, authority.makeSeal(transaction, infoDer, nowMs));
    HUFU_TRY(der, documents::buildSesSeal(infoDer, made.maker, made.signature));
    return documents::SesSeal::parse(der);
}

} // namespace hufu::seals
