//! The certificates of the server: those that are good, and those with which something is wrong.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::Server;

const NEW: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

impl Server {
    pub(super) fn make_certificates(&self) {
        for authority in ["authority", "stranger"] {
            self.openssl(&format!(
                "req -x509 {NEW} -keyout {authority}.key -out {authority}.crt -days 30 -subj /CN={authority}"
            ));
        }
        let for_us = "subjectAltName=DNS:localhost,DNS:*.db.example,IP:127.0.0.1";
        self.issue("good", "server", "30", Some(for_us));
        self.issue("expired", "localhost", "-1", Some(for_us));
        self.issue(
            "unnamed",
            "localhost",
            "30",
            Some("keyUsage=digitalSignature"),
        );
        self.issue("old", "localhost", "30", None);
        self.issue(
            "client",
            "with_cert",
            "30",
            Some("extendedKeyUsage=clientAuth"),
        );
        self.openssl(&format!(
            "req -x509 {NEW} -keyout own.key -out own.crt -days 30 -subj /CN=localhost"
        ));
        self.openssl("ec -in client.key -out client.sec1.key");
        self.openssl(
            "req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.crt -days 30 -subj /CN=with_cert",
        );
        self.openssl("rsa -in other.key -traditional -out other.pkcs1.key");
        for entry in fs::read_dir(self.home.path()).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|end| end == "key") {
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("ours");
            }
        }
    }

    /// A certificate that the authority signed.
    fn issue(&self, file: &str, name: &str, days: &str, extensions: Option<&str>) {
        self.openssl(&format!(
            "req {NEW} -keyout {file}.key -out {file}.csr -subj /CN={name}"
        ));
        let with = match extensions {
            Some(extensions) => {
                fs::write(self.path("extensions"), extensions).expect("a file");
                "-extfile extensions"
            }
            None => "",
        };
        self.openssl(&format!(
            "x509 -req -in {file}.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days {days} -out {file}.crt \
             {with}"
        ));
    }

    fn openssl(&self, arguments: &str) {
        let mut openssl = Command::new("openssl");
        openssl.args(arguments.split_whitespace());
        self.run(&mut openssl);
    }
}
