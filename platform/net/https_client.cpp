#include "platform/net/https_client.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslError>
#include <QTimer>

#include <memory>

namespace hufu::net {

namespace {

// What became of one request while it is under way.
struct Course {
    bool mismatch = false;
    bool late = false;
    bool tooLarge = false;
};

NetError errorOf(const Course &course, bool answered)
{
    if (course.mismatch) return NetError::pinMismatch;
    if (course.late) return NetError::timeout;
    return answered && !course.tooLarge ? NetError::none : NetError::unreachable;
}

} // namespace

HttpsClient::HttpsClient(Endpoint endpoint, QObject *parent) : QObject(parent), m_endpoint(std::move(endpoint))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setCookieJar(nullptr);
}

void HttpsClient::request(const QByteArray &method, const QString &path, const Headers &headers,
                          const QByteArray &body, int timeoutMs, Done done)
{
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(m_endpoint.host);
    url.setPort(m_endpoint.port);
    QNetworkRequest request(QUrl(url.toString(QUrl::FullyEncoded) + path, QUrl::StrictMode));
    request.setSslConfiguration(pinnedTls());
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    if (!body.isEmpty()) request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);

    QNetworkReply *const reply = m_network.sendCustomRequest(request, method, body);
    reply->setParent(this);
    const auto course = std::make_shared<Course>();
    const auto judge = [this, reply, course] {
        course->mismatch = !m_endpoint.knows(reply->sslConfiguration().peerCertificate());
        return !course->mismatch;
    };
    connect(reply, &QNetworkReply::sslErrors, this, [reply, judge](const QList<QSslError> &) {
        if (judge()) reply->ignoreSslErrors();
    });
    // Comes before anything of the request is sent.
    connect(reply, &QNetworkReply::encrypted, this, [reply, judge] {
        if (!judge()) reply->abort();
    });
    connect(reply, &QNetworkReply::downloadProgress, this, [reply, course](qint64 received, qint64) {
        if (received <= kAnswerMax || course->tooLarge) return;
        course->tooLarge = true;
        reply->abort();
    });
    const auto timer = new QTimer(reply);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [reply, course] {
        course->late = true;
        reply->abort();
    });
    timer->start(timeoutMs);
    connect(
        reply, &QNetworkReply::finished, this,
        [reply, course, done = std::move(done)] {
            reply->deleteLater();
            const QVariant status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
            // A body that was cut off is no answer; a status of failure is one.
            const bool cut =
                reply->error() != QNetworkReply::NoError && reply->error() < QNetworkReply::ContentAccessDenied;
            Answer answer;
            answer.error = errorOf(*course, status.isValid() && !cut);
            if (answer.error == NetError::none) {
                answer.status = status.toInt();
                answer.contentType = reply->rawHeader("Content-Type");
                answer.setCookies = reply->rawHeader("Set-Cookie");
                answer.body = reply->readAll();
            }
            done(answer);
        },
        Qt::QueuedConnection);
}

} // namespace hufu::net
