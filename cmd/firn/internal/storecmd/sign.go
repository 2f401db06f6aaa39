package storecmd

// This file defines the commands about signatures of store objects.

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// Sign signs paths with a secret key.
type Sign struct {
	storePaths
	KeyFile string `short:"k" required:"" placeholder:"FILE" help:"The file of the secret key, as firn key generate-secret prints it."`
}

// Run signs the paths.
func (c *Sign) Run(ctx context.Context, e *Env) error {
	s, paths, err := c.open(ctx, e)
	if err != nil {
		return err
	}
	key, err := stores.ReadSecretKey(c.KeyFile)
	if err != nil {
		return err
	}
	added := 0
	for _, p := range paths {
		info, err := s.Info(ctx, p)
		if err != nil {
			return err
		}
		sig := key.Sign(info.Fingerprint())
		if slices.Contains(info.Signatures, sig) {
			continue
		}
		if err := s.AddSignatures(ctx, info.Path, []string{sig}); err != nil {
			return err
		}
		added++
	}
	e.Log.Say(dropin.Info, fmt.Sprintf("added %d signatures", added))
	return nil
}

// CopySigs copies signatures from other stores.
type CopySigs struct {
	storePaths
	Substituter []string `short:"s" sep:"none" placeholder:"URL" help:"A store that has signatures; may be given several times."`
}

// Run copies the signatures.
func (c *CopySigs) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	if err := checkReferences(c.Substituter); err != nil {
		return err
	}
	paths, err := c.choose(ctx, e, s)
	if err != nil {
		return err
	}
	if len(c.Substituter) == 0 {
		return dropin.Usage("you must specify at least one substituter using '-s'")
	}
	others, err := e.openAll(ctx, c.Substituter)
	if err != nil {
		return err
	}
	added := 0
	for _, p := range paths {
		n, err := copySignatures(ctx, s, p, others)
		if err != nil {
			return err
		}
		added += n
	}
	e.Log.Say(dropin.Info, fmt.Sprintf("imported %d signatures", added))
	return nil
}

// copySignatures adds to a path of s the signatures that other stores have for the same
// contents, and returns how many those are.
func copySignatures(ctx context.Context, s store.Store, p string, others []store.Store) (int, error) {
	info, err := s.Info(ctx, p)
	if err != nil {
		return 0, err
	}
	var added []string
	for _, other := range others {
		theirs, err := other.Info(ctx, info.Path)
		if errors.Is(err, store.ErrInvalid) {
			continue
		}
		if err != nil {
			return 0, err
		}
		if theirs.NARHash != info.NARHash || theirs.NARSize != info.NARSize || !slices.Equal(theirs.References, info.References) {
			continue
		}
		for _, sig := range theirs.Signatures {
			if !slices.Contains(info.Signatures, sig) && !slices.Contains(added, sig) {
				added = append(added, sig)
			}
		}
	}
	if len(added) == 0 {
		return 0, nil
	}
	return len(added), s.AddSignatures(ctx, info.Path, added)
}

// Verify checks contents and signatures of paths.
type Verify struct {
	storePaths
	NoContents  bool     `help:"Do not read the files."`
	NoTrust     bool     `help:"Do not look at signatures."`
	Substituter []string `short:"s" sep:"none" placeholder:"URL" help:"A store that has more signatures; may be given several times."`
	SigsNeeded  int      `short:"n" placeholder:"N" help:"How many keys have to have signed each path."`
}

// The parts of the exit status of Verify.
const (
	statusModified  = 1
	statusUntrusted = 2
	statusFailed    = 4
)

// A verification is a run of Verify.
type verification struct {
	*Verify
	*Env
	store  store.Store
	others []store.Store
	keys   signature.Keys
}

// Run checks the paths, and says what is wrong with them. The exit status has a bit for each
// kind of fault.
func (c *Verify) Run(ctx context.Context, e *Env) error {
	v := &verification{Verify: c, Env: e}
	var err error
	if v.store, err = e.Store(ctx); err != nil {
		return err
	}
	if err := checkReferences(c.Substituter); err != nil {
		return err
	}
	paths, err := c.choose(ctx, e, v.store)
	if err != nil {
		return err
	}
	if v.others, err = e.openAll(ctx, c.Substituter); err != nil {
		return err
	}
	if v.keys, err = e.trustedKeys(); err != nil {
		return err
	}
	done := e.counting("checked", len(paths))
	defer done.stop()
	status := 0
	for _, p := range paths {
		faults, err := v.check(ctx, p)
		if err != nil {
			if ctx.Err() != nil {
				return err
			}
			e.Log.Error(err)
			faults = statusFailed
		}
		status |= faults
		done.add()
	}
	if status != 0 {
		return dropin.Exit(status)
	}
	return nil
}

// check checks a path, says what is wrong with it, and returns the bits of the exit status.
func (v *verification) check(ctx context.Context, p string) (status int, err error) {
	info, err := v.store.Info(ctx, p)
	if err != nil {
		return 0, err
	}
	v.Log.Say(dropin.Info, "checking '"+info.Path+"'...")
	if !v.NoContents {
		got, err := hashOf(ctx, v.store, info)
		if err != nil {
			return 0, err
		}
		if got != info.NARHash {
			status |= statusModified
			v.Log.Say(dropin.Error, fmt.Sprintf("path '%s' was modified! expected hash '%s', got '%s'", info.Path,
				info.NARHash.Prefixed(nixhash.Nix32), got.Prefixed(nixhash.Nix32)))
		}
	}
	if !v.NoTrust && !v.trusted(ctx, info) {
		status |= statusUntrusted
		v.Log.Say(dropin.Error, "path '"+info.Path+"' is untrusted")
	}
	return status, nil
}

// trusted reports whether a path has all signatures that it needs, or needs none.
func (v *verification) trusted(ctx context.Context, info *store.PathInfo) bool {
	if info.Ultimate && v.SigsNeeded == 0 || info.IsContentAddressed(v.store.Dir()) {
		return true
	}
	needed := max(v.SigsNeeded, 1)
	sigs := slices.Clone(info.Signatures)
	for _, other := range v.others {
		if v.keys.Count(info.Fingerprint(), sigs) >= needed {
			break
		}
		theirs, err := other.Info(ctx, info.Path)
		switch {
		case errors.Is(err, store.ErrInvalid):
		case err != nil:
			v.Log.Error(err)
		case theirs.IsContentAddressed(v.store.Dir()):
			return true
		default:
			sigs = append(sigs, theirs.Signatures...)
		}
	}
	return v.keys.Count(info.Fingerprint(), sigs) >= needed
}

// hashOf returns the hash that the archive of a path has now.
func hashOf(ctx context.Context, s store.Store, info *store.PathInfo) (nixhash.Hash, error) {
	sum := nixhash.NewHasher(nixhash.SHA256)
	err := s.WriteNAR(ctx, info.Path, sum)
	return sum.Result(), err
}

// trustedKeys returns the public keys of the settings, and those of its secret keys.
func (e *Env) trustedKeys() (signature.Keys, error) {
	keys, err := signature.ParseKeys(e.Set.Strings("trusted-public-keys")...)
	if err != nil {
		return nil, err
	}
	secret, err := stores.SecretKeys(e.Set)
	if err != nil {
		return nil, err
	}
	for _, key := range secret {
		keys[key.Name] = key.Public()
	}
	return keys, nil
}
