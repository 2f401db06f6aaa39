package git

// This file defines how signatures of commits are verified.

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
)

// A publicKey is a key that a commit may be signed with.
type publicKey struct {
	Type string `json:"type"`
	Key  string `json:"key"` // in base 64
}

// UnmarshalJSON implements json.Unmarshaler: without a type, a key is of type ssh-ed25519.
func (k *publicKey) UnmarshalJSON(data []byte) error {
	type plain publicKey
	p := plain{Type: "ssh-ed25519"}
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	*k = publicKey(p)
	return nil
}

// keyTypes are types of keys, with the names that OpenSSH has for them.
var keyTypes = map[string]string{
	"ssh-dsa": "ssh-dsa", "ssh-ecdsa": "ssh-ecdsa", "ssh-ecdsa-sk": "sk-ecdsa-sha2-nistp256@openssh.com",
	"ssh-ed25519": "ssh-ed25519", "ssh-ed25519-sk": "sk-ssh-ed25519@openssh.com", "ssh-rsa": "ssh-rsa",
}

// publicKeys returns the keys that the reference names.
func (j *job) publicKeys() ([]publicKey, error) {
	var keys []publicKey
	if text, ok := j.attrs["publicKeys"].(string); ok {
		if err := json.Unmarshal([]byte(text), &keys); err != nil {
			return nil, fmt.Errorf("attribute 'publicKeys' of a Git input: %w", err)
		}
	}
	if key, ok := j.attrs["publicKey"].(string); ok {
		kind, ok := j.attrs["keytype"].(string)
		if !ok {
			kind = "ssh-ed25519"
		}
		keys = append(keys, publicKey{kind, key})
	}
	return keys, nil
}

// verify returns an error if the reference wants a signed commit, and it is not signed with one of the
// keys. r is nil for a working tree that is not a commit.
func (j *job) verify(ctx context.Context, r *repo.Repository, id odb.ID) error {
	keys, err := j.publicKeys()
	if err != nil {
		return err
	}
	wanted := len(keys) > 0
	if on, ok := j.attrs["verifyCommit"].(bool); ok {
		wanted = on
	}
	switch {
	case !wanted:
		return nil
	case r == nil:
		return fmt.Errorf("commit verification is required for Git repository '%s', but it's dirty", j.where())
	}
	signers, prints, err := allowedSigners(keys)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp("", "firn-signers-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(signers)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	// The repository's configuration must not say which programs verify.
	_, err = j.scheme.git(ctx, r.Dir, "--git-dir", ".", "-c", "gpg.ssh.allowedSignersFile="+f.Name(), "-c", "gpg.ssh.program=ssh-keygen",
		"-c", "gpg.program=gpg", "-c", "gpg.openpgp.program=gpg", "-c", "gpg.x509.program=gpgsm", "-c", "gpg.minTrustLevel=undefined",
		"verify-commit", "--raw", "--", id.String())
	if err != nil {
		return errorf("Commit signature verification on commit %s failed: %w", id, err)
	}
	// A commit signed with a key of the user's own passes, too, and so the key has to be looked at.
	out, err := j.scheme.git(ctx, r.Dir, "--git-dir", ".", "-c", "gpg.ssh.allowedSignersFile="+f.Name(), "-c", "gpg.ssh.program=ssh-keygen",
		"-c", "gpg.program=gpg", "-c", "gpg.openpgp.program=gpg", "-c", "gpg.x509.program=gpgsm",
		"log", "-1", "--no-show-signature", "--format=%G?%n%GF", id.String(), "--")
	if err != nil {
		return err
	}
	status, key, _ := strings.Cut(strings.TrimSpace(out), "\n")
	if status != "G" || !prints[strings.TrimPrefix(key, "SHA256:")] {
		return errorf("Commit signature verification on commit %s failed: it is not signed with one of the keys", id)
	}
	return nil
}

// allowedSigners returns the file that tells ssh-keygen which keys are good, and the fingerprints of the
// keys.
func allowedSigners(keys []publicKey) (text string, prints map[string]bool, err error) {
	prints = map[string]bool{}
	for _, k := range keys {
		name, ok := keyTypes[k.Type]
		if !ok {
			return "", nil, errorf("Invalid SSH key type '%s' in publicKeys.\nPlease use one of:\n  ssh-dsa\n  ssh-ecdsa\n  ssh-ecdsa-sk\n  ssh-ed25519\n  ssh-ed25519-sk\n  ssh-rsa", k.Type)
		}
		data, err := base64.StdEncoding.DecodeString(k.Key)
		if err != nil {
			return "", nil, fmt.Errorf("while decoding public key '%s' used for git signature: %w", k.Key, err)
		}
		text += "* " + name + " " + k.Key + "\n"
		sum := sha256.Sum256(data)
		prints[base64.RawStdEncoding.EncodeToString(sum[:])] = true
	}
	return text, prints, nil
}
