//! A transit engine as HashiCorp Vault and OpenBao have it: the routes, the errors and the ciphertexts
//! (`vault:v1:` and base64 of nonce, text and tag) of the parts that the application uses.

use std::{
    collections::BTreeMap,
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle, web};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use huntzen::infra::config::{Vault, VaultToken};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom as _, SystemRandom},
};
use secrecy::SecretString;
use serde_json::{Value, json};

/// What its client has to show.
pub const TOKEN: &str = "hvs.a-token-of-the-tests";

/// What the handlers share.
struct State {
    /// Versions of the one key there is, `huntzen`.
    versions: Mutex<BTreeMap<u32, [u8; 32]>>,
    oldest: AtomicU32,
    sealed: AtomicBool,
    token: Mutex<String>,
    asked: AtomicU32,
}

/// The server; stops when dropped.
pub struct FakeVault {
    state: Arc<State>,
    address: String,
    server: ServerHandle,
}

impl Drop for FakeVault {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).expect("random bytes");
    bytes
}

impl FakeVault {
    /// Listens on loopback when this returns.
    pub async fn start() -> Self {
        let state = Arc::new(State {
            versions: Mutex::new(BTreeMap::from([(1, random())])),
            oldest: AtomicU32::new(1),
            sealed: AtomicBool::new(false),
            token: Mutex::new(TOKEN.to_owned()),
            asked: AtomicU32::new(0),
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("the port");
        let (started, handle) = tokio::sync::oneshot::channel();
        let shared = state.clone();
        thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(web::Data::new(shared.clone()))
                        .route("/v1/transit/keys/huntzen", web::get().to(describe))
                        .route("/v1/transit/encrypt/huntzen", web::post().to(encrypt))
                        .route("/v1/transit/decrypt/huntzen", web::post().to(decrypt))
                        .default_service(web::to(|| async {
                            HttpResponse::NotFound().json(json!({ "errors": [] }))
                        }))
                })
                .workers(1)
                .disable_signals()
                .listen(listener)
                .expect("the listener is open")
                .run();
                if started.send(server.handle()).is_ok() {
                    let _ = server.await;
                }
            });
        });
        Self {
            state,
            address: format!("http://{address}"),
            server: handle.await.expect("it starts"),
        }
    }

    /// How the application reaches it.
    pub fn config(&self) -> Vault {
        Vault {
            address: self.address.clone(),
            mount: "transit".to_owned(),
            key: "huntzen".to_owned(),
            namespace: None,
            ca_file: None,
            token: VaultToken::Value(SecretString::from(TOKEN)),
        }
    }

    /// As `vault write -f transit/keys/huntzen/rotate`.
    pub fn rotate(&self) {
        let mut versions = self.state.versions.lock().expect("a lock");
        let next = versions.len() as u32 + 1;
        versions.insert(next, random());
    }

    /// As `min_decryption_version`.
    pub fn forget_before(&self, version: u32) {
        self.state.oldest.store(version, Ordering::Relaxed);
    }

    /// As `vault operator seal`, and back.
    pub fn seal(&self, sealed: bool) {
        self.state.sealed.store(sealed, Ordering::Relaxed);
    }

    /// Takes another token from now on.
    pub fn expect_token(&self, token: &str) {
        token.clone_into(&mut self.state.token.lock().expect("a lock"));
    }

    /// How often it was asked for anything.
    pub fn asked(&self) -> u32 {
        self.state.asked.load(Ordering::Relaxed)
    }
}

type Shared = web::Data<Arc<State>>;

fn refuses(request: &HttpRequest, state: &State) -> Option<HttpResponse> {
    state.asked.fetch_add(1, Ordering::Relaxed);
    if state.sealed.load(Ordering::Relaxed) {
        let body = json!({ "errors": ["Vault is sealed"] });
        return Some(HttpResponse::ServiceUnavailable().json(body));
    }
    let token = request
        .headers()
        .get("X-Vault-Token")
        .and_then(|token| token.to_str().ok());
    if token != Some(state.token.lock().expect("a lock").as_str()) {
        let body = json!({ "errors": ["permission denied"] });
        return Some(HttpResponse::Forbidden().json(body));
    }
    None
}

fn bad(error: &str) -> HttpResponse {
    HttpResponse::BadRequest().json(json!({ "errors": [error] }))
}

async fn describe(request: HttpRequest, state: Shared) -> HttpResponse {
    if let Some(refusal) = refuses(&request, &state) {
        return refusal;
    }
    let versions = state.versions.lock().expect("a lock");
    HttpResponse::Ok().json(json!({ "request_id": "x", "lease_duration": 0, "data": {
        "name": "huntzen", "type": "aes256-gcm96", "exportable": false, "deletion_allowed": false,
        "latest_version": versions.len(), "min_encryption_version": 0,
        "min_decryption_version": state.oldest.load(Ordering::Relaxed),
        "keys": versions.keys().map(|version| (version.to_string(), 1_770_000_000)).collect::<BTreeMap<_, _>>(),
    } }))
}

fn field(body: &Value, name: &str) -> Option<Vec<u8>> {
    STANDARD.decode(body.get(name)?.as_str()?).ok()
}

fn key(bytes: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).expect("256 bits"))
}

async fn encrypt(request: HttpRequest, body: web::Json<Value>, state: Shared) -> HttpResponse {
    if let Some(refusal) = refuses(&request, &state) {
        return refusal;
    }
    let (Some(mut text), Some(aad)) = (field(&body, "plaintext"), field(&body, "associated_data"))
    else {
        return bad("illegal base64 data");
    };
    let versions = state.versions.lock().expect("a lock");
    let (version, bytes) = versions.last_key_value().expect("a version");
    let nonce = random::<NONCE_LEN>();
    key(bytes)
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(aad),
            &mut text,
        )
        .expect("short");
    let ciphertext = STANDARD.encode([nonce.as_slice(), &text].concat());
    HttpResponse::Ok().json(json!({ "data": {
        "ciphertext": format!("vault:v{version}:{ciphertext}"), "key_version": version,
    } }))
}

async fn decrypt(request: HttpRequest, body: web::Json<Value>, state: Shared) -> HttpResponse {
    if let Some(refusal) = refuses(&request, &state) {
        return refusal;
    }
    let Some((version, text)) = body
        .get("ciphertext")
        .and_then(Value::as_str)
        .and_then(|text| text.strip_prefix("vault:v")?.split_once(':'))
    else {
        return bad("invalid ciphertext: no prefix");
    };
    let version: u32 = version.parse().unwrap_or(0);
    if version < state.oldest.load(Ordering::Relaxed) {
        return bad("ciphertext or signature version is disallowed by policy (too old)");
    }
    let versions = state.versions.lock().expect("a lock");
    let (Some(bytes), Ok(sealed), Some(aad)) = (
        versions.get(&version),
        STANDARD.decode(text),
        field(&body, "associated_data"),
    ) else {
        return bad("invalid ciphertext");
    };
    let Some((nonce, sealed)) = sealed.split_first_chunk::<NONCE_LEN>() else {
        return bad("invalid ciphertext length");
    };
    let mut sealed = sealed.to_vec();
    match key(bytes).open_in_place(
        Nonce::assume_unique_for_key(*nonce),
        Aad::from(aad),
        &mut sealed,
    ) {
        Ok(text) => {
            HttpResponse::Ok().json(json!({ "data": { "plaintext": STANDARD.encode(text) } }))
        }
        Err(_) => bad("cipher: message authentication failed"),
    }
}
