package profile

// This file defines where the profile of a user is.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Places are the folders in which profiles of a user are.
type Places struct {
	Home      string // the user's folder
	StateHome string // of Nix, for what a user's programs remember: ~/.local/state/nix
	State     string // of the store: /nix/var/nix
	XDG       bool   // the link of the profile is below StateHome, and not ~/.nix-profile
	Root      bool   // the user is root, whose profile is that of the system as well
}

// Dir returns the folder of the user's profiles.
func (p Places) Dir() string {
	if p.Root {
		return filepath.Join(p.State, "profiles", "per-user", "root")
	}
	return filepath.Join(p.StateHome, "profiles")
}

// Link returns the link in the user's folder that leads to the profile.
func (p Places) Link() string {
	if p.XDG {
		return filepath.Join(p.StateHome, "profile")
	}
	return filepath.Join(p.Home, ".nix-profile")
}

// Default returns the profile of the user: what the link leads to. A link that is missing is
// made, with the folders; where that cannot be, the profile is the link itself.
func (p Places) Default() string {
	link := p.Link()
	profile := filepath.Join(p.Dir(), "profile")
	err := errors.Join(os.MkdirAll(p.Dir(), 0o755), os.MkdirAll(filepath.Dir(link), 0o755), ensure(link, profile))
	if err == nil && p.Root {
		err = ensure(filepath.Join(p.State, "profiles", "default"), profile)
	}
	if err != nil {
		return link
	}
	target, err := os.Readlink(link)
	if err != nil {
		return link
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(link), target)
	}
	return filepath.Clean(target)
}

// ensure makes a link, unless there is something.
func ensure(link, target string) error {
	if _, err := os.Lstat(link); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return Replace(link, target)
}
