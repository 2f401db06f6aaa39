package storecmd

// This file defines the commands about keys that sign.

import (
	"io"

	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// Key are the commands about keys.
type Key struct {
	GenerateSecret        KeyGenerate `cmd:"" help:"Make a secret key, which signs store objects, and print it."`
	ConvertSecretToPublic KeyPublic   `cmd:"" help:"Print the public key of the secret key on standard input."`
}

// KeyGenerate prints a new secret key.
type KeyGenerate struct {
	KeyName string `required:"" placeholder:"NAME" help:"The name of the key, such as cache.example.org-1."`
}

// Run prints the key.
func (c *KeyGenerate) Run(e *Env) error {
	key, err := signature.GenerateKey(c.KeyName, nil)
	if err != nil {
		return err
	}
	_, err = e.Text.WriteString(key.String())
	return err
}

// KeyPublic prints the public key that belongs to a secret key.
type KeyPublic struct{}

// maxKey is how many bytes of a key are read.
const maxKey = 1 << 16

// Run prints the key.
func (c *KeyPublic) Run(e *Env) error {
	text, err := io.ReadAll(io.LimitReader(e.In, maxKey))
	if err != nil {
		return err
	}
	key, err := stores.ParseSecretKey(string(text))
	if err != nil {
		return err
	}
	_, err = e.Text.WriteString(key.Public().String())
	return err
}

// WriteKeys writes a new secret key and its public key to files.
func WriteKeys(name, secretFile, publicFile string) error {
	key, err := signature.GenerateKey(name, nil)
	if err != nil {
		return err
	}
	if err := writeFile(publicFile, key.Public().String(), 0o666); err != nil {
		return err
	}
	return writeFile(secretFile, key.String(), 0o600)
}
