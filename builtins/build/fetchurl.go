package build

// This file defines builtin:fetchurl, which <nix/fetchurl.nix> makes derivations of: with it a
// package set gets its first program.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// fetchURL makes the output of what is at the variable url. With unpack it is an archive of Nix,
// compressed by xz if the URL says so; with executable a program. Mirrors are asked first, for a
// flat file, by its hash. As in the reference, what comes must be known by its hash, or be impure.
func fetchURL(ctx context.Context, a *attempt) error {
	if a.kind != drv.Fixed && a.kind != drv.Impure {
		return errors.New("'builtin:fetchurl' must be a fixed-output or impure derivation")
	}
	url, ok := a.d.LookupEnv("url")
	switch {
	case !ok:
		return errors.New("'builtin:fetchurl' needs the attribute 'url'")
	case a.d.Output("out") == nil:
		return errors.New("'builtin:fetchurl' needs an output 'out'")
	case a.b.Download == nil:
		return fmt.Errorf("unable to download '%s': nothing is fetched here", url)
	}
	set := func(name string) bool { value, _ := a.d.LookupEnv(name); return value == "1" }
	out := a.real("out")
	var err error
	for _, url := range append(a.mirrors(), url) {
		if err = a.fetch(ctx, url, out, set("unpack"), set("executable")); err == nil || ctx.Err() != nil {
			break
		}
		if removed := os.RemoveAll(out); removed != nil {
			return removed
		}
	}
	return err
}

// mirrors returns where mirrors have the output, if it is a flat file of a known hash.
func (a *attempt) mirrors() []string {
	o := a.d.Output("out")
	if o.Kind != drv.Fixed || o.Method != storepath.Flat {
		return nil
	}
	var urls []string
	for _, mirror := range a.b.Mirrors {
		urls = append(urls, fmt.Sprintf("%s/%s/%s", strings.TrimSuffix(mirror, "/"), o.Hash.Algo, o.Hash.Text(nixhash.Base16)))
	}
	return urls
}

// fetch makes out of what is at url.
func (a *attempt) fetch(ctx context.Context, url, out string, unpack, executable bool) error {
	from, err := a.b.Download(ctx, url)
	if err != nil {
		return err
	}
	defer from.Close()
	if unpack {
		return unpackNAR(url, from, out)
	}
	mode := os.FileMode(0o666)
	if executable {
		mode = 0o777
	}
	to, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// unpackNAR makes out of an archive.
func unpackNAR(url string, from io.Reader, out string) error {
	if strings.HasSuffix(url, ".xz") {
		plain, err := compression.NewReader(compression.XZ, from, 0)
		if err != nil {
			return fmt.Errorf("unpacking '%s': %w", url, err)
		}
		defer plain.Close()
		from = plain
	}
	err := nar.Restore(from, out, false)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("unpacking '%s': it is no archive of Nix, or ends too early", url)
	}
	if err != nil {
		return fmt.Errorf("unpacking '%s': %w", url, err)
	}
	return nil
}
