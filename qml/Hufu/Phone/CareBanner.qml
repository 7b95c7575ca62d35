pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// What the person should look after, where there is anything.
Banner {
    id: root

    required property careView care
    property bool said: false // above it on the page already

    visible: !root.said && (root.care.pinChangeUrged || root.care.signDestroyed)
    kind: root.care.signDestroyed ? Banner.Danger : Banner.Warn
    title: root.care.signDestroyed ? qsTr("This shield can no longer sign") : qsTr("Change the PIN soon")
    text: root.care.signDestroyed ? Wording.signDestroyed() : Wording.pinWorn(root.care.wrongPins)
}
