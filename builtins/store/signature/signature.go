// Package signature signs store objects, and checks their signatures.
//
//	SecretKey    signs; GenerateKey makes one
//	PublicKey    what others need of a SecretKey
//	Keys         public keys that are trusted
//
// A signature is a text KEY:BASE64, for Ed25519. It signs a fingerprint, which
// (*store.PathInfo).Fingerprint makes. Keys are texts of the same form: a secret
// key has 64 bytes (seed and public key), a public key 32. Messages are those of
// C++ Nix 2.34.8.
package signature

// This file defines keys, and how they sign and verify.

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A SecretKey signs. Formatted, it is the text that is kept in a key file.
type SecretKey struct {
	Name string
	key  ed25519.PrivateKey
}

// A PublicKey verifies signatures of one key.
type PublicKey struct {
	Name string
	key  ed25519.PublicKey
}

// A KeyError says that a text is no key.
type KeyError struct {
	Name string // of the key; "" if that is not known
	Err  error
}

// Error begins as the reference's message does, which is one of a trace there.
func (e *KeyError) Error() string {
	return fmt.Sprintf("while decoding key named '%s': %v", e.Name, e.Err)
}

// Unwrap returns what is wrong with the text.
func (e *KeyError) Unwrap() error { return e.Err }

// GenerateKey makes a key of that name from random, which is the system's source
// of random numbers if it is nil.
func GenerateKey(name string, random io.Reader) (SecretKey, error) {
	if random == nil {
		random = rand.Reader
	}
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return SecretKey{}, err
	}
	return SecretKey{name, ed25519.NewKeyFromSeed(seed)}, nil
}

// ParseSecretKey reads a secret key. Space around it is ignored.
func ParseSecretKey(text string) (SecretKey, error) {
	name, data, err := parseKey(text)
	if err != nil {
		return SecretKey{}, err
	}
	if len(data) != ed25519.PrivateKeySize {
		return SecretKey{}, errors.New("secret key is not valid")
	}
	return SecretKey{name, data}, nil
}

// ParsePublicKey reads a public key. Space around it is ignored.
func ParsePublicKey(text string) (PublicKey, error) {
	name, data, err := parseKey(text)
	if err != nil {
		return PublicKey{}, err
	}
	if len(data) != ed25519.PublicKeySize {
		return PublicKey{}, errors.New("public key is not valid")
	}
	return PublicKey{name, data}, nil
}

// String returns the secret key as a text, without a newline.
func (k SecretKey) String() string { return join(k.Name, k.key) }

// String returns the public key as a text, without a newline.
func (k PublicKey) String() string { return join(k.Name, k.key) }

// Public returns the public key that belongs to k.
func (k SecretKey) Public() PublicKey {
	return PublicKey{k.Name, k.key.Public().(ed25519.PublicKey)}
}

// Sign returns the signature of a fingerprint.
func (k SecretKey) Sign(fingerprint string) string {
	return join(k.Name, ed25519.Sign(k.key, []byte(fingerprint)))
}

// Keys are public keys, by name.
type Keys map[string]PublicKey

// ParseKeys reads public keys, as the setting trusted-public-keys has them.
func ParseKeys(texts ...string) (Keys, error) {
	keys := Keys{}
	for _, text := range texts {
		key, err := ParsePublicKey(text)
		if err != nil {
			return nil, err
		}
		keys[key.Name] = key
	}
	return keys, nil
}

// Verify reports whether a signature is one of the fingerprint, by one of the
// keys.
func (keys Keys) Verify(fingerprint, signature string) bool {
	name, data, err := Parse(signature)
	if err != nil {
		return false
	}
	key, known := keys[name]
	return known && len(data) == ed25519.SignatureSize && ed25519.Verify(key.key, []byte(fingerprint), data)
}

// Count returns the number of keys by which the fingerprint is signed.
func (keys Keys) Count(fingerprint string, signatures []string) int {
	by := map[string]bool{}
	for _, s := range signatures {
		if keys.Verify(fingerprint, s) {
			name, _, _ := strings.Cut(s, ":")
			by[name] = true
		}
	}
	return len(by)
}

// Parse separates a signature into the name of its key and its bytes, of which
// there may be too few or too many.
func Parse(signature string) (key string, data []byte, err error) {
	key, text, ok := strings.Cut(signature, ":")
	if !ok || key == "" || text == "" {
		return "", nil, errors.New("signature is corrupt")
	}
	data, err = decode(text)
	return key, data, err
}

// parseKey separates a key into its name and its bytes.
func parseKey(text string) (name string, data []byte, err error) {
	name, digits, ok := strings.Cut(strings.TrimSpace(text), ":")
	if !ok || name == "" || digits == "" {
		return "", nil, &KeyError{"", errors.New("key is corrupt")}
	}
	if data, err = decode(digits); err != nil {
		return "", nil, &KeyError{name, err}
	}
	return name, data, nil
}

// decode reads base64. As in the reference, padding may be missing, what follows
// it is ignored, and so is a last digit that makes no byte.
func decode(text string) ([]byte, error) {
	text, _, _ = strings.Cut(text, "=")
	if len(text)%4 == 1 {
		text = text[:len(text)-1]
	}
	data, err := base64.RawStdEncoding.DecodeString(text)
	if bad, ok := errors.AsType[base64.CorruptInputError](err); ok {
		return nil, fmt.Errorf("invalid character in Base64 string: '%s'", text[bad:bad+1])
	}
	return data, err
}

// join returns a text of the form that Parse and parseKey read.
func join(name string, data []byte) string {
	return name + ":" + base64.StdEncoding.EncodeToString(data)
}
