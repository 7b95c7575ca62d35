#!/bin/sh
# Collects the texts of qml/ and app/ into both files. English needs the plural forms only.
set -e
cd "$(dirname "$0")/../.."
lupdate=/usr/lib/qt6/bin/lupdate
$lupdate -silent -no-obsolete -locations none qml app/phone app/desk app/shell -source-language en -target-language zh_CN -ts qml/translations/hufu_zh_CN.ts
$lupdate -silent -no-obsolete -locations none -pluralonly qml app/phone app/desk app/shell -source-language en -target-language en -ts qml/translations/hufu_en.ts
