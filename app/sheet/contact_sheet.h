// All pages in all tastes on one picture.
#pragma once

#include "app/sheet/stage.h"

namespace hufu::sheet {

// Every combination of language, light and dark, normal and simple mode: eight.
QList<Taste> tastes();
QString nameOf(const Taste &taste); // "zh_CN-dark-simple"

// One page scaled down to width.
QImage thumbnail(const QImage &page, int width);

// The pages one after the other, as many in a line as columns says; each taste begins a new line. In: folder, where each
// page is also left in full size; empty: nowhere.
QImage drawn(Stage &stage, const QStringList &pages, const QList<Taste> &tastes, int thumbnailWidth, int columns,
             const QString &folder = {});

// All there is. The number of colours is cut down, so that the file stays moderate.
QImage contactSheet(Stage &stage, int thumbnailWidth, const QString &folder);

} // namespace hufu::sheet
