// The demo portal's bidding: projects, bids handed in, the opening, and with which computers (/portal/v1/projects, uploads, computers). A page of a
// person who is logged in asks; towards Hufu the portal is a relying party like any other (party_client.h).
#pragma once

#include "app/server/console_guard.h"
#include "app/server/log.h"
#include "app/catalogue/catalogue.h"
#include "app/server/party_client.h"
#include "app/server/portal_accounts.h"
#include "app/server/portal_computers.h"
#include "app/server/portal_projects.h"
#include "app/server/portal_uploads.h"
#include "app/server/service_key.h"

namespace hufu::server {

class PortalBidsApi {
public:
    // name: of the portal, in its receipts. key: signs them. folder: for the files; those of which the database does not tell are put into
    // its folder unclaimed at the start, and come back with the database that does. All outlive this.
    PortalBidsApi(const enterprise::Ports &world, ConsoleGuard &guard, const PartyClient &party, ServiceKey &key, std::string name, const std::filesystem::path &folder, Log &log);
    void add(Routes &routes);

private:
    using Act = std::function<Result<net::Response>(const std::string &account, const net::Request &)>;
    void addKnown(Routes &routes, const char *method, const char *pattern, Act act, std::size_t bodyMax = limits::kBodyMax);

    Result<net::Response> computers(const std::string &account);
    Result<net::Response> list(const std::string &account);
    Result<net::Response> publish(const std::string &account, const net::Request &request);
    Result<net::Response> show(const std::string &account, const net::Request &request);
    Result<void> mayUpload(const PortalUploads::Purpose &purpose, std::uint64_t size);
    Result<net::Response> beginUpload(const std::string &account, const net::Request &request);
    // Who may open colleagues' bids: by which keys, of which company. Of an account to which nobody is bound whom Hufu knows: by none.
    struct Reader {
        std::vector<std::string> keys;
        std::string company;
    };
    Result<Reader> readerOf(const std::string &account);
    Result<bool> canRead(const Reader &reader, const PortalProjects::Bid &bid);
    bool isRead(const Result<Reader> &reader, const PortalProjects::Bid &bid);
    // A bid that stands for this account: its own, withdrawn ones too, or one that it can read. Errors: notFound, for whomever else, too; unavailable.
    Result<PortalProjects::Bid> bidFor(const std::string &account, const Id &project, const Id &bid);
    Result<net::Response> pieceOfEnvelope(const std::string &account, const net::Request &request);
    Result<net::Response> append(const std::string &account, const net::Request &request);
    Result<net::Response> finishUpload(const std::string &account, const net::Request &request);
    struct Sealer {
        std::optional<catalogue::Code> whyNot; // why this account may not hand it in
        std::string company;                   // otherwise: its credit code
    };
    Result<Sealer> sealerOf(const std::string &account, ByteView serial);
    Result<std::optional<catalogue::Code>> whyNotOfCompany(const std::string &account, ByteView serial);
    struct Receipt {
        std::string text;
        ByteArray<64> signature{};
    };
    Result<Receipt> receiptOf(const PortalProjects::Project &project, const char *of, nlohmann::json members);
    static Result<net::Response> notAdded(const Error &error, const std::filesystem::path &kept, const std::filesystem::path &upload);
    Result<net::Response> takeBid(const PortalUploads::Whole &whole);
    Result<net::Response> takeOpened(const PortalUploads::Whole &whole);
    Result<net::Response> takeDocument(const PortalUploads::Whole &whole);
    void tellHufu();
    Result<void> sortFiles();
    Result<void> sign(const PortalProjects::Project &project, PortalProjects::Bid &bid);
    Result<void> signOpened(const PortalProjects::Project &project, PortalProjects::Bid &bid, const std::string &account);
    Result<void> signDocument(const PortalProjects::Project &project, PortalProjects::Document &document);

    ports::Clock &m_clock;
    ConsoleGuard &m_guard;
    const PartyClient &m_party;
    ServiceKey &m_key;
    std::string m_name;
    std::filesystem::path m_folder;
    Log &m_log;
    PortalAccounts m_accounts;
    PortalProjects m_projects;
    PortalUploads m_uploads;
    PortalComputers m_computers;
};

} // namespace hufu::server
