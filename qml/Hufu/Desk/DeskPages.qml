// Without the pragma Bound: the Loader of Qt 6.4 refuses bound components, so their ids are of the outer scope.
// qmllint disable unqualified
import QtQuick
import Hufu.Controls
import Hufu.DeskModels

// From DeskScreens.page to the page itself.
FocusScope {
    id: root

    required property DeskScreens screens
    readonly property bool asked: root.screens.site.question !== SiteModel.None

    focus: true

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.ground
    }
    Loader {
        anchors.fill: parent
        visible: Explain.code === 0 && !root.asked
        focus: visible
        sourceComponent: {
            switch (root.screens.page) {
            case DeskScreens.Seal: return seal;
            case DeskScreens.Qr: return qr;
            case DeskScreens.Outcome: return outcome;
            case DeskScreens.Error: return error;
            case DeskScreens.Sites: return sites;
            case DeskScreens.Stamp: return stamp;
            case DeskScreens.History: return history;
            case DeskScreens.Record: return record;
            case DeskScreens.Settings: return settings;
            case DeskScreens.Help: return help;
            case DeskScreens.Diagnosis: return diagnosis;
            default: return status;
            }
        }
    }

    Loader {
        anchors.fill: parent
        active: Explain.code !== 0
        focus: active
        sourceComponent: explanation
    }

    Loader {
        anchors.fill: parent
        active: root.asked && Explain.code === 0
        focus: active
        sourceComponent: question
    }

    Component { id: explanation; Explanation { focus: true } }
    Component { id: status; StatusPage { model: root.screens.status; bids: root.screens.bids; onVisitAsked: page => root.screens.visit(page) } }
    Component { id: seal; SealPage { model: root.screens.seal } }
    Component { id: stamp; StampPage { model: root.screens.stamp } }
    Component { id: qr; QrPage { model: root.screens.qr } }
    Component { id: outcome; OutcomePage { model: root.screens.outcome; status: root.screens.status; evidence: root.screens.evidence; autostart: root.screens.settings.autostart } }
    Component { id: history; HistoryPage { model: root.screens.history } }
    Component { id: help; HelpPage { model: root.screens.support } }
    Component { id: diagnosis; DiagnosisPage { model: root.screens.diagnosis } }
    Component { id: record; RecordPage { model: root.screens.history } }
    Component {
        id: settings
        SettingsPage {
            model: root.screens.settings
            sites: root.screens.site.sites.filter(site => site.allowed).length
            onSitesAsked: root.screens.site.show()
        }
    }
    Component { id: sites; SitesPage { model: root.screens.site } }
    Component { id: question; SiteQuestionPage { focus: true; model: root.screens.site } }
    Component { id: error; DeskErrorPage { model: root.screens.error; evidence: root.screens.evidence } }
}
