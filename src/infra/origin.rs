//! Where a request comes from: which page sent it, and from which address. Both are asked of the sender only as far as
//! it cannot choose the answer.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderMap, HeaderName},
};

use super::config::Config;

/// Whether an unsafe request comes from our own pages.
///
/// Browsers say so in `Sec-Fetch-Site`; older ones send `Origin` with every POST. A request with neither is no browser's:
/// the form token still has to be right.
pub fn is_ours(request: &HttpRequest, config: &Config) -> bool {
    match text(
        request.headers(),
        &HeaderName::from_static("sec-fetch-site"),
    ) {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => is_named(request, &config.public_url).unwrap_or(true),
    }
}

/// Whether `Origin` names the host that is asked, or the one of `PUBLIC_URL`: behind a proxy the two may differ. Nothing when there
/// is no such header. What a proxy may add (`X-Forwarded-Host`) is not asked: anybody can write it.
pub fn is_named(request: &HttpRequest, public_url: &str) -> Option<bool> {
    let origin = text(request.headers(), &header::ORIGIN)?;
    let asked = text(request.headers(), &header::HOST);
    Some(
        origin == public_url
            || origin
                .split_once("://")
                .is_some_and(|(_, host)| Some(host) == asked),
    )
}

/// The place a request comes from, for limits: an IPv4 address, or the first half of an IPv6 address, whose second half
/// every household may choose.
///
/// Behind a trusted proxy it is the last address of `X-Forwarded-For`, which is the one that the proxy itself saw; those before
/// it, and `Forwarded`, are the sender's own words.
pub fn place(request: &HttpRequest, config: &Config) -> String {
    let seen = request.peer_addr().map(|peer| peer.ip());
    let told = config
        .trusted_proxy
        .then(|| last_forwarded(request.headers()))
        .flatten();
    told.or(seen).map_or_else(
        || "unknown".to_owned(),
        |address| whereabouts(address).to_string(),
    )
}

fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let told = headers
        .get_all(HeaderName::from_static("x-forwarded-for"))
        .last()?;
    let last = told.to_str().ok()?.rsplit(',').next()?.trim();
    // Some proxies add the port.
    last.parse()
        .or_else(|_| last.parse().map(|socket: SocketAddr| socket.ip()))
        .ok()
}

fn whereabouts(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
    }
}

fn text<'headers>(headers: &'headers HeaderMap, name: &HeaderName) -> Option<&'headers str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn told(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            let value = header::HeaderValue::from_str(value).expect("a value");
            headers.append(HeaderName::from_static("x-forwarded-for"), value);
        }
        last_forwarded(&headers).map(|address| whereabouts(address).to_string())
    }

    #[test]
    fn an_origin_is_ours_or_somebody_else_s() {
        let asks = |origin: Option<&str>| {
            let request = TestRequest::get().insert_header(("host", "care.example:8443"));
            let request = match origin {
                Some(origin) => request.insert_header(("origin", origin)),
                None => request,
            };
            is_named(
                &request
                    .insert_header(("x-forwarded-host", "evil.example"))
                    .to_http_request(),
                "https://huntzen.example",
            )
        };
        assert_eq!(asks(None), None);
        assert_eq!(asks(Some("https://huntzen.example")), Some(true));
        assert_eq!(asks(Some("https://care.example:8443")), Some(true));
        for other in [
            Some("null"),
            Some(""),
            Some("https://evil.example"),
            Some("https://care.example"),
            Some("https://huntzen.example.evil.example"),
            Some("https://care.example:8443.evil.example"),
        ] {
            assert_eq!(asks(other), Some(false), "{other:?}");
        }
    }

    #[test]
    fn the_proxy_s_own_word_is_the_last() {
        for (values, place) in [
            (&["192.0.2.1"][..], Some("192.0.2.1")),
            (&["198.51.100.9, 192.0.2.1"], Some("192.0.2.1")),
            (
                &["198.51.100.9", "198.51.100.8 ,192.0.2.1"],
                Some("192.0.2.1"),
            ),
            (&["192.0.2.1:4711"], Some("192.0.2.1")),
            (&["::ffff:192.0.2.1"], Some("192.0.2.1")),
            (&["2001:db8:1:2:3:4:5:6"], Some("2001:db8:1:2::")),
            (&["[2001:db8:1:2:3:4:5:6]:4711"], Some("2001:db8:1:2::")),
            (&["192.0.2.1, unknown"], None),
            (&[""], None),
            (&[], None),
        ] {
            assert_eq!(told(values).as_deref(), place, "{values:?}");
        }
    }
}
