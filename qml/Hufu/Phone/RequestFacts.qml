pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// What a manifest says of the act itself: as it is approved, and as it is looked up afterwards.
Card {
    id: root

    required property requestView request
    property bool near: false // the deadline is

    Fact {
        name: qsTr("Platform")
        value: root.request.platformName + (root.request.platformId !== "" ? "  (" + root.request.platformId + ")" : "")
    }
    Fact {
        name: qsTr("Project")
        value: root.request.projectName + (root.request.projectId !== "" ? "  (" + root.request.projectId + ")" : "")
    }
    Fact {
        name: qsTr("Package")
        value: root.request.projectPackage
    }
    Fact {
        name: qsTr("Company")
        value: root.request.company
    }
    Fact {
        name: qsTr("Person")
        value: root.request.person
    }
    Fact {
        objectName: "approveRecipients"
        name: qsTr("Who can open it")
        value: Array.from(root.request.recipients).join(qsTr(", "))
        valueColour: root.request.recipients.length === 1 ? Theme.colour.warn : Theme.colour.ink
    }
    Fact {
        objectName: "approveSoleReason"
        name: qsTr("Why nobody else")
        value: root.request.soleReason
        valueColour: Theme.colour.warn
    }
    Fact {
        name: root.request.act === "encrypt" ? qsTr("Bid opening") : qsTr("Deadline")
        value: Wording.moment(root.request.deadline)
        valueColour: root.near ? Theme.colour.warn : Theme.colour.ink
    }
    Fact {
        name: qsTr("Bid opening")
        value: Wording.moment(root.request.openingAt)
    }
    Fact {
        name: qsTr("Form of the signature")
        value: root.request.form === "bare" ? qsTr("Plain signature over the file") : root.request.form === "cms" ? qsTr("Signature file (PKCS #7)") : root.request.form === "cms-gmt" ? qsTr("Signature file (GM/T 0010)") : root.request.form === "ses" ? qsTr("Electronic signature (GB/T 38540)") : ""
    }
}
