pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls

// Somebody records the screen: what this page must show to nobody else is covered until that ends.
Banner {
    objectName: "recorded"
    Layout.fillWidth: true
    kind: Banner.Danger
    title: qsTr("The screen is being recorded")
    text: qsTr("What is secret here is covered until that ends. Stop the recording or the sharing of the screen, then go on. If you did not start it, leave this page and tell your administrator.")
}
