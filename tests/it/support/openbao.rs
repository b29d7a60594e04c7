//! A real OpenBao, in memory: what the client of Vault's transit engine is tried against, and the fake
//! ([`super::vault`]) compared with.

use std::{
    env, fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use huntzen::infra::config::{Vault, VaultToken};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

use super::process::PAUSE;

/// What may do everything, in here.
const ROOT: &str = "root-of-the-tests";
/// As `.env.example` says.
const POLICY: &str = r#"
path "transit/keys/huntzen" { capabilities = ["read"] }
path "transit/encrypt/huntzen" { capabilities = ["update"] }
path "transit/decrypt/huntzen" { capabilities = ["update"] }
"#;

/// The server; killed when dropped.
pub struct OpenBao {
    process: Child,
    address: String,
    token: String,
    home: PathBuf,
}

impl Drop for OpenBao {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// A status and what was answered.
pub fn ask(method: &str, url: &str, token: &str, body: Option<&Value>) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let answer = match (method, body) {
        ("GET", _) => agent.get(url).header("X-Vault-Token", token).call(),
        ("PUT", Some(body)) => agent
            .put(url)
            .header("X-Vault-Token", token)
            .send_json(body),
        (_, body) => agent
            .post(url)
            .header("X-Vault-Token", token)
            .send_json(body.unwrap_or(&json!({}))),
    };
    match answer {
        Ok(mut answer) => {
            let status = answer.status().as_u16();
            let said = answer.body_mut().read_json().unwrap_or(Value::Null);
            (status, said)
        }
        Err(_) => (0, Value::Null),
    }
}

impl OpenBao {
    /// Ready, with the engine, the key and a token that may do what servers do, when this returns.
    pub async fn start() -> Self {
        let program = env::var_os("OPENBAO").unwrap_or_else(|| {
            panic!("OPENBAO is not set: bin/test installs a server and sets it")
        });
        let address = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port");
        let home = env::temp_dir().join(format!("huntzen-openbao-{}", Uuid::new_v4().simple()));
        fs::create_dir_all(&home).expect("a folder");
        let process = Command::new(program)
            .args(["server", "-dev", "-dev-no-store-token"])
            .arg(format!("-dev-root-token-id={ROOT}"))
            .arg(format!("-dev-listen-address={address}"))
            .env("HOME", &home)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("OpenBao starts");
        let mut server = Self {
            process,
            address: format!("http://{address}"),
            token: String::new(),
            home,
        };
        while server.root("GET", "sys/mounts", None).0 != 200 {
            let ended = server.process.try_wait().expect("it is our child");
            assert!(ended.is_none(), "OpenBao ended: {ended:?}");
            tokio::time::sleep(PAUSE).await;
        }
        for (method, path, body) in [
            ("POST", "sys/mounts/transit", json!({ "type": "transit" })),
            (
                "POST",
                "transit/keys/huntzen",
                json!({ "type": "aes256-gcm96" }),
            ),
            (
                "PUT",
                "sys/policies/acl/huntzen",
                json!({ "policy": POLICY }),
            ),
        ] {
            let (status, said) = server.root(method, path, Some(&body));
            assert!(matches!(status, 200 | 204), "{path}: {status} {said}");
        }
        server.token = server.new_token();
        server
    }

    fn root(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        ask(method, &self.url(path), ROOT, body)
    }

    /// Where something is.
    pub fn url(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.address)
    }

    /// What a server shows.
    pub fn token(&self) -> &str {
        &self.token
    }

    fn new_token(&self) -> String {
        let wanted = json!({ "policies": ["huntzen"], "no_default_policy": true });
        let (_, said) = self.root("POST", "auth/token/create", Some(&wanted));
        let token = said["auth"]["client_token"].as_str().expect("a token");
        token.to_owned()
    }

    /// How the application reaches it.
    pub fn config(&self) -> Vault {
        Vault {
            address: self.address.clone(),
            mount: "transit".to_owned(),
            key: "huntzen".to_owned(),
            namespace: None,
            ca_file: None,
            token: VaultToken::Value(SecretString::from(self.token.as_str())),
        }
    }

    /// Makes the next version of the key.
    pub fn rotate(&self) {
        let (status, said) = self.root("POST", "transit/keys/huntzen/rotate", None);
        assert!(matches!(status, 200 | 204), "{status} {said}");
    }

    /// Opens nothing any more that an older version wrapped.
    pub fn forget_before(&self, version: u32) {
        let body = json!({ "min_decryption_version": version });
        let (status, said) = self.root("POST", "transit/keys/huntzen/config", Some(&body));
        assert!(matches!(status, 200 | 204), "{status} {said}");
    }

    /// Voids the token of servers.
    pub fn revoke_token(&self) {
        let body = json!({ "token": self.token });
        let (status, said) = self.root("POST", "auth/token/revoke", Some(&body));
        assert!(matches!(status, 200 | 204), "{status} {said}");
    }

    /// Closes it: only its own operators open it again.
    pub fn seal(&self) {
        let (status, said) = self.root("PUT", "sys/seal", Some(&json!({})));
        assert!(matches!(status, 200 | 204), "{status} {said}");
    }
}
