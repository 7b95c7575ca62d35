pragma Singleton

import QtQuick

// What a screen reader hears of a control besides its name. Qt 6.4 gives it no state "disabled": words say it.
QtObject {
    id: root

    readonly property string off: qsTr("Not possible now")

    function of(enabled: bool, words: string): string {
        return enabled ? words : words === "" ? root.off : words + " " + root.off;
    }
}
