package storecmd

// This file defines the commands about hashes.

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// Hash are the commands about hashes.
type Hash struct {
	Path     HashPath     `cmd:"" help:"Print the hash of a file or folder."`
	File     HashFile     `cmd:"" help:"Print the hash of the bytes of a file."`
	Convert  HashConvert  `cmd:"" help:"Convert a hash to another format."`
	ToBase16 hashToBase16 `cmd:"" name:"to-base16" hidden:"" help:"Convert a hash to base-16; use convert instead."`
	ToBase32 hashToBase32 `cmd:"" name:"to-base32" hidden:"" help:"Convert a hash to base-32; use convert instead."`
	ToBase64 hashToBase64 `cmd:"" name:"to-base64" hidden:"" help:"Convert a hash to base-64; use convert instead."`
	ToSRI    hashToSRI    `cmd:"" name:"to-sri" hidden:"" help:"Convert a hash to SRI; use convert instead."`
}

// hashFlags are how hashes are printed.
type hashFlags struct {
	SRI    bool   `name:"sri" help:"Print the hash in SRI format (default)."`
	Base64 bool   `name:"base64" help:"Print the hash in base-64."`
	Base32 bool   `name:"base32" help:"Print the hash in base-32, as Nix writes it."`
	Base16 bool   `name:"base16" help:"Print the hash in base-16."`
	Type   string `placeholder:"NAME" help:"The algorithm: md5, sha1, sha256 (default), sha512 or blake3."`
}

// format returns the format that the flags choose.
func (f *hashFlags) format() nixhash.Format {
	switch {
	case f.Base16:
		return nixhash.Base16
	case f.Base32:
		return nixhash.Nix32
	case f.Base64:
		return nixhash.Base64
	}
	return nixhash.SRI
}

// HashPath prints hashes of files and folders.
type HashPath struct {
	Paths  []string `arg:"" help:"Files and folders."`
	Algo   string   `placeholder:"NAME" help:"The algorithm: md5, sha1, sha256 (default), sha512 or blake3."`
	Mode   string   `placeholder:"MODE" help:"What is hashed: nar (default), the archive, or flat, the bytes of a file."`
	Format string   `placeholder:"FORMAT" help:"How it is printed: sri (default), base16, nix32 or base64."`
	hashFlags
}

// Run prints the hashes.
func (c *HashPath) Run(e *Env) error {
	how := Hashing{Format: c.format(), Method: storepath.NAR}
	var err error
	if name := c.Algo + c.Type; name != "" {
		if how.Algo, err = e.ParseAlgo(name); err != nil {
			return err
		}
	}
	if c.Mode != "" {
		if how.Method, err = storepath.ParseMethod(c.Mode); err != nil || how.Method == storepath.Text {
			return dropin.Usage("Unknown file ingestion method '%s', expect `flat`, `nar`, or `git`", c.Mode)
		}
	}
	if c.Format != "" {
		if how.Format, err = e.parseFormat(c.Format); err != nil {
			return err
		}
	}
	return e.PrintHashes(how, c.Paths)
}

// HashFile prints hashes of the bytes of files.
type HashFile struct {
	Paths []string `arg:"" help:"Files."`
	hashFlags
}

// Run prints the hashes.
func (c *HashFile) Run(e *Env) error {
	how := Hashing{Format: c.format(), Method: storepath.Flat}
	var err error
	if c.Type != "" {
		if how.Algo, err = e.ParseAlgo(c.Type); err != nil {
			return err
		}
	}
	return e.PrintHashes(how, c.Paths)
}

// A Hashing is how files are hashed, and hashes printed.
type Hashing struct {
	Method   storepath.Method
	Algo     nixhash.Algo // 0 is SHA-256
	Format   nixhash.Format
	Truncate bool // to 160 bits
}

// PrintHashes prints the hashes of files and folders.
func (e *Env) PrintHashes(how Hashing, paths []string) error {
	if how.Algo == 0 {
		how.Algo = nixhash.SHA256
	}
	if how.Method == storepath.Git {
		if err := e.Set.RequireFeature("git-hashing"); err != nil {
			return err
		}
	}
	for _, p := range paths {
		h, err := e.hash(how, p)
		if err != nil {
			return err
		}
		digest := h.Bytes()
		if how.Truncate && len(digest) > 20 {
			folded := nixhash.Compress(digest)
			h = nixhash.Hash{Algo: nixhash.SHA1}
			copy(h.Digest[:], folded[:])
		}
		e.Lines(h.Text(how.Format))
	}
	return nil
}

// hash returns the hash of what is at p.
func (e *Env) hash(how Hashing, p string) (nixhash.Hash, error) {
	if how.Method == storepath.Flat {
		f, err := os.Open(p)
		if err != nil {
			return nixhash.Hash{}, FileError(err)
		}
		defer f.Close()
		h := nixhash.NewHasher(how.Algo)
		_, err = io.Copy(h, f)
		return h.Result(), FileError(err)
	}
	abs, err := filepath.Abs(p)
	if err != nil {
		return nixhash.Hash{}, err
	}
	if _, err := os.Lstat(abs); errors.Is(err, fs.ErrNotExist) {
		return nixhash.Hash{}, dropin.Failure("path '%s' does not exist", "/"+filepath.ToSlash(abs)) // Quirk: the reference has two slashes.
	}
	if how.Method == storepath.Git {
		return nar.HashGit(how.Algo, e.archived(), abs, nil)
	}
	h, _, err := nar.Hash(how.Algo, e.archived(), abs, nil)
	return h, FileError(err)
}

// ParseAlgo returns the algorithm of a name that was given on the command line.
func (e *Env) ParseAlgo(name string) (nixhash.Algo, error) {
	a := nixhash.LookupAlgo(name)
	switch a {
	case 0:
		_, err := nixhash.ParseAlgo(name)
		return 0, dropin.Usage("%s", err.Error())
	case nixhash.BLAKE3:
		return a, e.Set.RequireFeature("blake3-hashes")
	}
	return a, nil
}

// parseFormat returns the format of a name that was given on the command line.
func (e *Env) parseFormat(name string) (nixhash.Format, error) {
	f, deprecated, err := nixhash.ParseFormat(name)
	if err != nil {
		return 0, dropin.Usage("%s", err.Error())
	}
	if deprecated {
		e.Log.Warn(`"base32" is a deprecated alias for hash format "nix32".`)
	}
	return f, nil
}

// HashConvert prints hashes in another format.
type HashConvert struct {
	Hashes   []string `arg:"" help:"Hashes."`
	HashAlgo string   `name:"hash-algo" placeholder:"NAME" help:"The algorithm, if the hash does not say it."`
	From     string   `placeholder:"FORMAT" help:"The format that the hash must have: sri, base16, nix32 or base64."`
	To       string   `placeholder:"FORMAT" help:"The format to print: sri (default), base16, nix32 or base64."`
}

// Run prints the hashes.
func (c *HashConvert) Run(e *Env) error {
	var algo nixhash.Algo
	to := nixhash.SRI
	from, anyFormat := to, c.From == ""
	var err error
	if c.HashAlgo != "" {
		if algo, err = e.ParseAlgo(c.HashAlgo); err != nil {
			return err
		}
	}
	if c.To != "" {
		if to, err = e.parseFormat(c.To); err != nil {
			return err
		}
	}
	if !anyFormat {
		if from, err = e.parseFormat(c.From); err != nil {
			return err
		}
	}
	for _, text := range c.Hashes {
		h, err := nixhash.Parse(text, algo)
		if err != nil {
			return err
		}
		if got := nixhash.FormatOf(text, h.Algo); !anyFormat && got != from {
			return dropin.Failure("input hash '%s' has format '%s', but '--from %s' was specified", text, got, from)
		}
		e.Lines(h.Text(to))
	}
	return nil
}

// HashTo is what the commands have in common that print hashes in the format of their name.
type HashTo struct {
	Hashes []string `arg:"" help:"Hashes."`
	Type   string   `placeholder:"NAME" help:"The algorithm, if the hash does not say it."`
}

type (
	hashToBase16 struct{ HashTo }
	hashToBase32 struct{ HashTo }
	hashToBase64 struct{ HashTo }
	hashToSRI    struct{ HashTo }
)

func (c *hashToBase16) Run(e *Env) error { return c.run(e, nixhash.Base16) }
func (c *hashToBase32) Run(e *Env) error { return c.run(e, nixhash.Nix32) }
func (c *hashToBase64) Run(e *Env) error { return c.run(e, nixhash.Base64) }
func (c *hashToSRI) Run(e *Env) error    { return c.run(e, nixhash.SRI) }

// run prints the hashes in a format.
func (c *HashTo) run(e *Env, f nixhash.Format) error {
	e.Log.Warn("The old format conversion subcommands of `nix hash` were deprecated in favor of `nix hash convert`.")
	var algo nixhash.Algo
	if c.Type != "" {
		var err error
		if algo, err = e.ParseAlgo(c.Type); err != nil {
			return err
		}
	}
	return e.ConvertHashes(c.Hashes, algo, f)
}

// ConvertHashes prints hashes in a format. algo is 0 if they say it themselves.
func (e *Env) ConvertHashes(hashes []string, algo nixhash.Algo, f nixhash.Format) error {
	for _, text := range hashes {
		h, err := nixhash.Parse(text, algo)
		if err != nil {
			return err
		}
		e.Lines(h.Text(f))
	}
	return nil
}
