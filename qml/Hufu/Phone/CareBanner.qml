pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// What the person should look after, where there is anything.
Banner {
    id: root

    required property careView care

    visible: root.care.pinChangeUrged || root.care.signDestroyed
    kind: root.care.signDestroyed ? Banner.Danger : Banner.Warn
    title: root.care.signDestroyed ? qsTr("This shield can no longer sign") : qsTr("Change the PIN soon")
    text: {
        if (root.care.signDestroyed)
            return qsTr("After 30 wrong PINs the server destroyed its half of the sign key. Files can still be opened. For signing, your administrator has to grant a new certificate.");
        return qsTr("%n wrong PIN(s) since it was last changed. At 30 this shield can no longer sign. If that was not you, tell your administrator.", "", root.care.wrongPins);
    }
}
