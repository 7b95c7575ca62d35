pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Shell

// A failure in the person's language. code is the number of HF-nnn; 0 is no failure.
QtObject {
    id: root

    required property int code
    readonly property bool present: root.code !== 0
    readonly property string name: root.present ? Catalogue.name(root.code) : ""
    readonly property string title: root.present ? Catalogue.title(root.code, Language.name) : ""
    readonly property string cause: root.present ? Catalogue.cause(root.code, Language.name) : ""
    readonly property list<string> steps: root.present ? Catalogue.steps(root.code, Language.name) : []
}
