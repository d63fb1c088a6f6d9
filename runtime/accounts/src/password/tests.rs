//! Hashes that others have made, and what is made of them.

use std::time::{Duration, Instant};

use super::*;

/// Costs nearly nothing.
const CHEAP: Argon2Cost = Argon2Cost {
    memory: 64,
    iterations: 2,
    lanes: 1,
};

fn cheap() -> Settings {
    Settings {
        argon2: CHEAP,
        bcrypt_pepper: None,
    }
}

#[track_caller]
fn check(password: &str, hash: &str, expect: Verified) {
    let verified = verify(password, hash, &cheap());
    assert_eq!(verified, Ok(expect), "{hash}");
}

/// Hashes of `lètmein`.
#[track_caller]
fn check_all(hashes: &[&str]) {
    for hash in hashes {
        check("lètmein", hash, Verified::Outdated);
        check("lètmeinz", hash, Verified::No);
        check("", hash, Verified::No);
        check("\0lètmein", hash, Verified::No);
    }
}

#[test]
fn django() {
    // As its own tests have them, or made by Django 5.2 where these cost too much.
    check_all(&[
        "scrypt$64$salz$8$5$sNOmOitAfVXF1/Z16mBOlDTn0ONSChmv+S6gwAm8eTOOrpmUzBaabbkC4L310SqykEImKew1hZVwj/qM5gs0cA==",
        "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3",
        "bcrypt_sha256$$2b$06$abcdefghijklmnopqrstuul5B/dAdshjIhHjT6my8nuQ0dMXgwHGG",
        "bcrypt$$2b$06$abcdefghijklmnopqrstuuPb/IntJLlirAv12HWgtofWRkx/a4ZV.",
        "argon2$argon2i$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$E3uKZoA8i7Mj/ZkRZMPt00gsb+yZ12/gkFkYklrL1Ns",
        "argon2$argon2id$v=19$m=256,t=3,p=4$c2Vhc2FsdHNlYXNhbHQ$rUYWnOdC25lGZAymd/VJxTMfRO4KT3UKOTC8KPrac7k",
    ]);
    for dear in [
        "pbkdf2_sha256$1000000$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=",
        "pbkdf2_sha1$1000000$seasalt$A053mdnAt0THnbEBJ7jpfP3yz1o=",
        "scrypt$16384$seasalt$8$5$ECMIUp+LMxMSK8xB/IVyba+KYGTI7FTnet025q/1f/vBAVnnP3hdYqJuRi+mJn6ji6ze3Fbb7JEFPKGpuEf5vw==",
        "argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdHNlYXNhbHQ$5X8M3A6KY2o98xsl1DnfJpaxc9OdBrgUbl3HjifV1qo",
    ] {
        check("lètmein", dear, Verified::Outdated);
    }
}

#[test]
fn django_without_a_password() {
    for none in ["!", "!k3Vx0VvyhEnSg9mSpdGdZ7jXJ0xYAkx8hrJzZL9F", ""] {
        check("!", none, Verified::No);
        check("", none, Verified::No);
        check("lètmein", none, Verified::No);
    }
}

#[test]
fn passwords_of_any_kind() {
    let long = "a".repeat(4096);
    let hash = "pbkdf2_sha256$1000$s$RG5JLxmwHuEZ/xxIr2FcZAyCI+Eqy1gaLSjckRkzOPw=";
    check(&long, hash, Verified::Outdated);
    check(&long[1..], hash, Verified::No);
    let hash = "pbkdf2_sha256$1000$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=";
    check("", hash, Verified::Outdated);
    let hash = "pbkdf2_sha256$1000$salt$BUvhmfK1Wa3zM0TivaHwWYdBbox58OqUdGwBsCAp2o4=";
    check("nul\0inside", hash, Verified::Outdated);
    check("nul", hash, Verified::No);
}

#[test]
fn argon2_of_others() {
    check_all(&[
        "$argon2id$v=19$m=256,t=3,p=4$c2Vhc2FsdHNlYXNhbHQ$rUYWnOdC25lGZAymd/VJxTMfRO4KT3UKOTC8KPrac7k",
        "$argon2d$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$q6bhPnzkiGz3pJG8Qmt3ep4ZF4i4UomtPSg/SQ4YZuM",
        "$argon2i$v=16$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$dm2i7tUSqJikVCda2kzxW2W3X+v2EfXeLbCumB9AS3Q",
        "$argon2i$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$dm2i7tUSqJikVCda2kzxW2W3X+v2EfXeLbCumB9AS3Q",
        // The salt is shorter than ours.
        "$argon2id$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
    ]);
    let decomposed = "$argon2id$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$IHQpmA2Bq44T8fZqcpk80HHv3Jnrzeoc2mqqkhp0LLA";
    check("le\u{300}tmein", decomposed, Verified::Outdated);
    check("lètmein", decomposed, Verified::No);
}

#[test]
fn phoenix_and_passlib() {
    check_all(&[
        "$pbkdf2-sha512$1000$c2Vhc2FsdHNlYXNhbHQhIQ$RYioyrOMFRifc9w25ykmGBIO5aGFdMdlHv6UShI9NtPlRedGfAgDoRmEnwPFKPFKH.dzhWiGEgczipx8ie3Yww",
        "$pbkdf2-sha256$1000$./..YWFzYWx0c2Vhc2FsdA$BwYgQktGkb4c9Z2gTrxaLAo1szAi6kwPygfiFQcPxLI",
    ]);
}

#[test]
fn bcrypt_of_others() {
    check_all(&[
        "$2a$04$T1eI.L9KLQm2.sbF2lKzKeSetCxD5l3cbTyinK.M1khNd4Vr5dZum",
        "$2b$04$wcsZVCzjq5uG4qFhTQ4yNOwCum0ZOlway3u3R4E.h8wf8ruRCyfZ.",
        "$2y$04$BxWajAubRat6AHmaSQOC5e2oggzGE04Mx9vVKhmDTE9pUmdrlEF7q",
    ]);
    // Of OpenBSD's and jBCrypt's tests.
    check(
        "",
        "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.",
        Verified::Outdated,
    );
    check(
        "a",
        "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
        Verified::Outdated,
    );
    check(
        "~!@#$%^&*()      ~!@#$%^&*()PNBFRD",
        "$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO",
        Verified::Outdated,
    );
}

#[test]
fn bcrypt_reads_72_bytes() {
    let hash = "$2b$04$fcTS1TvPvdLBIFZSvNmvzeaeKlQIJK4JVUA.BwZoWODAbaYLf3GMC";
    check(&"a".repeat(71), hash, Verified::No);
    check(&"a".repeat(72), hash, Verified::Outdated);
    check(&"a".repeat(73), hash, Verified::Yes);
    let hash = "$2b$04$mifkzAH3uimIycqBgusStOEHypQhPylLVuNOX4WXxlMfuGFuvnyYS";
    check(&"a".repeat(71), hash, Verified::Outdated);
    check(&"a".repeat(72), hash, Verified::No);
    let of_any_length =
        "bcrypt_sha256$$2b$04$O9GX5oqwUYEnALBjbar0de.s8u4ZiC2eqa3d4zRHN.ZEFNVYP8v2y";
    check(&"a".repeat(100), of_any_length, Verified::Outdated);
    check(&"a".repeat(99), of_any_length, Verified::No);
}

#[test]
fn bcrypt_and_nul() {
    let of_p = "$2b$04$G346fagHrFkohGVcX5V0DeoASQGQlLxJF4GniYIQvtNq9nAw0ENrK";
    check("p", of_p, Verified::Outdated);
    check("p\0q", of_p, Verified::No);
    check("p\0", of_p, Verified::No);
    check(&"p\0".repeat(36), of_p, Verified::No);
}

#[test]
fn devise_and_its_pepper() {
    let hash = "$2a$04$wymXhHwhrNtPQhIwmDys2.iKc1QZXiJaO1XVbNF4L4TAUFCkGn8xy";
    check("lètmein", hash, Verified::No);
    let peppered = Settings {
        argon2: CHEAP,
        bcrypt_pepper: Some(Pepper("pepper of Devise".to_owned())),
    };
    let with_pepper = |password: &str| verify(password, hash, &peppered);
    assert_eq!(with_pepper("lètmein"), Ok(Verified::Outdated));
    assert_eq!(with_pepper("lètmeinpepper of Devise"), Ok(Verified::No));
    assert!(!format!("{peppered:?}").contains("Devise"));
}

#[test]
fn better_auth() {
    let hash = "00112233445566778899aabbccddeeff:5254ec51bd62d9feecbf9d724a5dbb273e55ab757ce7b5925822d9653c93858c2f8cd4383afe8139b4e969c7ae722b2a18d5dfcfd1d15251c3822a488c99e60a";
    check("lètmein", hash, Verified::Outdated);
    check("le\u{300}tmein", hash, Verified::Outdated);
    check("letmein", hash, Verified::No);
}

#[test]
fn our_own() {
    let made = hash("le\u{300}tmein ﬁ", &cheap()).unwrap();
    assert!(made.starts_with("$argon2id$v=19$m=64,t=2,p=1$"), "{made}");
    assert_ne!(made, hash("le\u{300}tmein ﬁ", &cheap()).unwrap());
    check("le\u{300}tmein ﬁ", &made, Verified::Yes);
    check("lètmein fi", &made, Verified::Yes);
    check("letmein fi", &made, Verified::No);
    for other in ["", "p\0q", "\u{202e}\u{301}\u{301}", &"x".repeat(4096)] {
        check(other, &hash(other, &cheap()).unwrap(), Verified::Yes);
    }
    let dearer = Settings {
        argon2: Argon2Cost {
            iterations: 3,
            ..CHEAP
        },
        bcrypt_pepper: None,
    };
    assert_eq!(verify("lètmein fi", &made, &dearer), Ok(Verified::Outdated));
    assert_eq!(verify("lètmein", &made, &dearer), Ok(Verified::No));
}

#[test]
fn by_default_it_costs_what_owasp_says() {
    let made = hash("lètmein", &Settings::default()).unwrap();
    assert!(
        made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{made}"
    );
    assert_eq!(
        verify("lètmein", &made, &Settings::default()),
        Ok(Verified::Yes)
    );
}

#[test]
fn settings_that_cannot_be() {
    for (memory, iterations, lanes) in [(0, 1, 1), (64, 0, 1), (64, 1, 0), (64, 1, 9), (7, 1, 1)] {
        let argon2 = Argon2Cost {
            memory,
            iterations,
            lanes,
        };
        let settings = Settings {
            argon2,
            bcrypt_pepper: None,
        };
        let error = hash("lètmein", &settings).unwrap_err();
        assert!(matches!(error, HashError::Settings { .. }), "{error}");
    }
}

#[test]
fn too_long() {
    let long = "x".repeat(1_000_000);
    assert_eq!(hash(&long, &cheap()), Err(HashError::PasswordTooLong));
    check(&long, &hash("x", &cheap()).unwrap(), Verified::No);
    assert_eq!(verify_dummy(&long, &cheap()), Verified::No);
    check(&long, "nonsense", Verified::No);
}

#[test]
fn absurd_costs() {
    let bcrypt =
        |cost: &str| format!("$2b${cost}$wcsZVCzjq5uG4qFhTQ4yNOwCum0ZOlway3u3R4E.h8wf8ruRCyfZ.");
    let argon2 = |cost: &str| {
        format!(
            "$argon2id$v=19${cost}$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM"
        )
    };
    let pbkdf2 = |rounds: &str| {
        format!("pbkdf2_sha256${rounds}$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=")
    };
    let scrypt = |n: &str, r: &str, p: &str| {
        format!(
            "scrypt${n}$salz${r}${p}$sNOmOitAfVXF1/Z16mBOlDTn0ONSChmv+S6gwAm8eTOOrpmUzBaabbkC4L310SqykEImKew1hZVwj/qM5gs0cA=="
        )
    };
    let started = Instant::now();
    for hash in [
        bcrypt("17"),
        bcrypt("31"),
        bcrypt("99"),
        argon2("m=67108864,t=1,p=1"),
        argon2("m=262145,t=1,p=1"),
        argon2("m=262144,t=5,p=1"),
        argon2("m=64,t=4294967295,p=1"),
        argon2("m=18446744073709551615,t=18446744073709551615,p=1"),
        argon2("m=65536,t=1,p=8000"),
        pbkdf2("2147483648"),
        pbkdf2("10000001"),
        pbkdf2("18446744073709551615"),
        scrypt("1073741824", "8", "1"),
        scrypt("16384", "4294967295", "1"),
        scrypt("16384", "8", "4294967295"),
        scrypt("2", "1", "18446744073709551615"),
    ] {
        let error = verify("lètmein", &hash, &cheap()).unwrap_err();
        assert!(
            matches!(error, HashError::TooCostly { .. }),
            "{hash}: {error}"
        );
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn hashes_that_are_broken() {
    let argon2 = "argon2id$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM";
    for hash in [
        "argon2$",
        "$argon2id",
        "$argon2id$$$$",
        "$argon2x$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=18$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=+64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=64,t=0,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=64,t=2,p=9$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=64,t=2,p=0$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=64,t=2$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=64,t=2,p=1,keyid=AA$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=64,t=2,p=1$$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM",
        "$argon2id$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$",
        "$argon2id$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEs",
        "$argon2id$v=19$m=64,t=2,p=1$c2Vhc2FsdHNlYXNhbHQ$GTEsL97+7VGL1phhhUvVfDU00EFisgg2FFXCemifFkM$",
        "$argon2id$v=19$m=64,t=2,p=1$ü$ü",
        "$2b$",
        "$2x$04$wcsZVCzjq5uG4qFhTQ4yNOwCum0ZOlway3u3R4E.h8wf8ruRCyfZ.",
        "$2b$03$wcsZVCzjq5uG4qFhTQ4yNOwCum0ZOlway3u3R4E.h8wf8ruRCyfZ.",
        "$2b$04$wcsZVCzjq5uG4qFhTQ4yNOwCum0ZOlway3u3R4E.h8wf8ruRCyfZ",
        "$2b$04$wcsZVCzjq5uG4qFhTQ4yNüwCum0ZOlway3u3R4E.h8wf8ruRCyfZ",
        "bcrypt$$2b$04$",
        "bcrypt_sha256$2b$04$wcsZVCzjq5uG4qFhTQ4yNOwCum0ZOlway3u3R4E.h8wf8ruRCyfZ.",
        "pbkdf2_sha256$",
        "pbkdf2_sha256$0$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=",
        "pbkdf2_sha256$-1$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=",
        "pbkdf2_sha256$$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=",
        "pbkdf2_sha256$1000$seasalt$",
        "pbkdf2_sha256$1000$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk",
        "pbkdf2_sha999$1000$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=",
        "$pbkdf2-sha512$1000$c2Vhc2FsdHNlYXNhbHQhIQ$",
        "scrypt$",
        "scrypt$0$salz$8$5$sNOmOitAfVXF1/Z16mBOlDTn0ONSChmv+S6gwAm8eTOOrpmUzBaabbkC4L310SqykEImKew1hZVwj/qM5gs0cA==",
        "scrypt$63$salz$8$5$sNOmOitAfVXF1/Z16mBOlDTn0ONSChmv+S6gwAm8eTOOrpmUzBaabbkC4L310SqykEImKew1hZVwj/qM5gs0cA==",
        "scrypt$64$salz$0$5$sNOmOitAfVXF1/Z16mBOlDTn0ONSChmv+S6gwAm8eTOOrpmUzBaabbkC4L310SqykEImKew1hZVwj/qM5gs0cA==",
        "scrypt$64$salz$8$0$sNOmOitAfVXF1/Z16mBOlDTn0ONSChmv+S6gwAm8eTOOrpmUzBaabbkC4L310SqykEImKew1hZVwj/qM5gs0cA==",
        "scrypt$64$salz$8$5$sNOm",
        "md5$",
        "md5$seasalt$3f86d0d3",
    ] {
        let error = verify("lètmein", hash, &cheap()).unwrap_err();
        assert!(
            matches!(error, HashError::Malformed { .. }),
            "{hash}: {error}"
        );
    }
    for hash in [
        "lètmein",
        " ",
        "\0",
        "$",
        "$$$$$",
        "sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8",
        "00112233445566778899aabbccddeeff:",
        ":",
        argon2,
        &"$2b$".repeat(250_000),
    ] {
        let error = verify("lètmein", hash, &cheap()).unwrap_err();
        assert_eq!(error, HashError::UnknownKind, "{hash:.80}");
    }
}

/// Whatever stands in a column, it is an answer.
#[test]
fn hashes_with_any_sign_changed() {
    for hash in [
        "pbkdf2_sha256$1000$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=",
        "$pbkdf2-sha256$1000$./..YWFzYWx0c2Vhc2FsdA$BwYgQktGkb4c9Z2gTrxaLAo1szAi6kwPygfiFQcPxLI",
        "scrypt$64$salz$8$5$sNOmOitAfVXF1/Z16mBOlDTn0ONSChmv+S6gwAm8eTOOrpmUzBaabbkC4L310SqykEImKew1hZVwj/qM5gs0cA==",
        "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3",
        "bcrypt$$2b$04$wcsZVCzjq5uG4qFhTQ4yNOwCum0ZOlway3u3R4E.h8wf8ruRCyfZ.",
        "argon2$argon2id$v=19$m=256,t=3,p=4$c2Vhc2FsdHNlYXNhbHQ$rUYWnOdC25lGZAymd/VJxTMfRO4KT3UKOTC8KPrac7k",
    ] {
        for (index, _) in hash.char_indices() {
            for other in ["", "5", "z", "$", "ü", "\0", "=", "$$"] {
                let mut changed = hash.to_owned();
                changed.replace_range(index..=index, other);
                // bcrypt leaves two bits of its last sign out.
                let is_same = changed == hash || index + 1 == hash.len();
                let verified = verify("lètmein", &changed, &cheap());
                assert!(is_same || verified != Ok(Verified::Outdated), "{changed}");
            }
        }
    }
}
