package stores

// This file defines how the keys are read that sign what this machine makes.

import (
	"errors"
	"io"
	"os"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// maxKey is how many bytes of a key are read.
const maxKey = 1 << 16

// SecretKeys returns the secret keys of the settings.
func SecretKeys(set *settings.Settings) ([]signature.SecretKey, error) {
	var keys []signature.SecretKey
	for _, file := range set.Strings("secret-key-files") {
		key, err := ReadSecretKey(file)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// ReadSecretKey reads the file of a secret key.
func ReadSecretKey(name string) (signature.SecretKey, error) {
	f, err := os.Open(name)
	if err != nil {
		return signature.SecretKey{}, dropin.FileError(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxKey))
	if err != nil {
		return signature.SecretKey{}, dropin.FileError(err)
	}
	return ParseSecretKey(string(text))
}

// ParseSecretKey reads a secret key; errors have the reference's trace.
func ParseSecretKey(text string) (signature.SecretKey, error) {
	key, err := signature.ParseSecretKey(text)
	var wrong *signature.KeyError
	if errors.As(err, &wrong) {
		err = &dropin.Traced{Frame: "while decoding key named '" + wrong.Name + "'", Err: wrong.Err}
	}
	return key, err
}
