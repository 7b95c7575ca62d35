// Without the pragma Bound: the Loader of Qt 6.4 refuses bound components, so their ids are of the outer scope.
// qmllint disable unqualified
import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// From Screens.page to the page itself. A page is made when it is shown and gone when it is left.
FocusScope {
    id: root

    required property Screens screens
    readonly property Item current: loader.item as Item

    focus: true

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.ground
    }
    Loader {
        id: loader
        anchors.fill: parent
        focus: true
        sourceComponent: {
            switch (root.screens.page) {
            case Screens.Welcome: return welcome;
            case Screens.Link: return link;
            case Screens.PhoneNumber: return phoneNumber;
            case Screens.Agreements: return agreements;
            case Screens.Identity: return identity;
            case Screens.PinChoose:
            case Screens.PinRepeat: return pinChoose;
            case Screens.Keys: return keys;
            case Screens.Certificate: return certificate;
            case Screens.Home: return home;
            case Screens.Scan: return scan;
            case Screens.Approve: return approve;
            case Screens.Factor: return factor;
            case Screens.PinPad: return pinPad;
            case Screens.Working: return working;
            case Screens.Result: return result;
            case Screens.Error: return error;
            case Screens.Locked: return locked;
            case Screens.Frozen: return frozen;
            case Screens.Recover: return recover;
            default: return working;
            }
        }
    }

    Component { id: welcome; WelcomePage { model: root.screens.welcome } }
    Component { id: link; LinkPage { model: root.screens.link } }
    Component { id: phoneNumber; PhoneNumberPage { model: root.screens.phoneNumber } }
    Component { id: agreements; AgreementsPage { model: root.screens.agreements } }
    Component { id: identity; IdentityPage { model: root.screens.identity } }
    Component { id: pinChoose; PinChoosePage { model: root.screens.pin } }
    Component { id: keys; KeysPage { model: root.screens.keys } }
    Component { id: certificate; CertificatePage { model: root.screens.certificate } }
    Component { id: home; HomePage { model: root.screens.home } }
    Component { id: scan; ScanPage { model: root.screens.scan } }
    Component { id: approve; ApprovePage { model: root.screens.approve } }
    Component { id: factor; FactorPage { model: root.screens.factor; request: root.screens.approve } }
    Component { id: pinPad; PinPadPage { model: root.screens.pin; request: root.screens.approve } }
    Component { id: working; WorkingPage { model: root.screens.working } }
    Component { id: result; ResultPage { model: root.screens.result } }
    Component { id: error; ErrorPage { model: root.screens.error } }
    Component { id: locked; LockedPage { model: root.screens.locked } }
    Component { id: frozen; FrozenPage { model: root.screens.locked } }
    Component { id: recover; RecoverPage { model: root.screens.recover } }
}
