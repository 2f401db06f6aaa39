package nixstore

// This file defines nix-prefetch-url.

import (
	"context"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

const prefetchHelp = `nix-prefetch-url, the one of firn: downloads files into the store, and prints their hashes.

    nix-prefetch-url URL               print the hash of a file
    nix-prefetch-url URL HASH          the same, with the hash that the file must have
    nix-prefetch-url --unpack URL      print the hash of what is in an archive
    nix-prefetch-url -A ATTR [FILE]    take the URL from an attribute of an expression
`

// PrefetchMain runs nix-prefetch-url with the arguments behind its name, and returns the exit
// status.
func PrefetchMain(args []string, s *setup.Streams) int {
	e := storecmd.NewEnv(dropin.New("nix-prefetch-url", s))
	err := prefetch(e, args)
	if closed := e.Close(); err == nil {
		err = closed
	}
	return e.End(err)
}

// prefetch does what nix-prefetch-url is asked for.
func prefetch(e *storecmd.Env, args []string) error {
	var help bool
	var flags setup.Flags
	var operands []string
	var attr *string
	var evalStore string
	printPath := e.Getenv("PRINT_PATH") == "1"
	p := storecmd.Prefetch{Algo: nixhash.SHA256}
	own := append([]dropin.Flag{
		{Name: "help", Help: "Print this text.", Apply: dropin.On(&help)},
		{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return e.PrintVersion() }},
		{Name: "type", Args: "name", Help: "The algorithm: md5, sha1, sha256 (default), sha512 or blake3.", Apply: func(args []string) (err error) {
			p.Algo, err = e.ParseAlgo(args[0])
			return err
		}},
		{Name: "print-path", Help: "Print the path in the store, too.", Apply: dropin.On(&printPath)},
		{Name: "attr", Short: 'A', Args: "attr", Help: "Take the URL from an attribute of an expression, such as that of a source.", Apply: func(args []string) error {
			attr = &args[0]
			return nil
		}},
		{Name: "unpack", Help: "Unpack an archive, and hash what is in it.", Apply: dropin.On(&p.Unpack)},
		{Name: "executable", Help: "Make the file executable.", Apply: dropin.On(&p.Executable)},
		{Name: "name", Args: "name", Help: "The name in the store.", Apply: func(args []string) error {
			p.Name = args[0]
			return nil
		}},
	}, e.EvalFlags(&flags, &evalStore)...)
	if err := start(e.Program, args, own, &operands, nil); err != nil {
		return err
	}
	switch {
	case help:
		return printHelp(e.Program, prefetchHelp, own)
	case len(operands) > 2:
		return dropin.Usage("too many arguments")
	case attr == nil && len(operands) == 0:
		return dropin.Usage("you must specify a URL")
	}
	ctx, stop := e.Interruptible()
	defer stop()
	if len(operands) == 2 {
		var err error
		if p.Want, err = nixhash.Parse(operands[1], p.Algo); err != nil {
			return err
		}
	}
	if err := findURL(ctx, e, &p, &flags, attr, operands); err != nil {
		return err
	}
	out, hash, err := e.Prefetch(ctx, p)
	if err != nil {
		return err
	}
	format := nixhash.Nix32
	if hash.Algo == nixhash.MD5 {
		format = nixhash.Base16
	}
	if !printPath {
		e.Log.Say(dropin.Info, fmt.Sprintf("path is '%s'", out))
	}
	e.Lines(hash.Text(format))
	if printPath {
		e.Lines(out)
	}
	return nil
}

// findURL sets what p has from the first operand: the URL or, with attr, that of an attribute of the
// expression in a file. The evaluator is made if an expression is to be looked at.
func findURL(ctx context.Context, e *storecmd.Env, p *storecmd.Prefetch, flags *setup.Flags, attr *string, operands []string) error {
	if attr == nil {
		p.URL = operands[0]
		if !strings.HasPrefix(p.URL, "mirror://") {
			return nil
		}
	}
	opt := setup.Options(e.Streams, e.Set, flags)
	opt.Messages = &e.Log
	ev, err := eval.New(opt)
	if err != nil {
		return err
	}
	return ev.Run(ctx, func(ctx context.Context) error {
		if attr != nil {
			file := "."
			if len(operands) > 0 {
				file = operands[0]
			}
			if err := sourceOf(ctx, e, ev, p, flags, file, *attr); err != nil {
				return err
			}
		}
		p.URL, err = mirrored(ctx, ev, p.URL)
		return err
	})
}

// sourceOf sets the URL of p, and whether it is unpacked, from a source such as that of a package.
func sourceOf(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator, p *storecmd.Prefetch, flags *setup.Flags, file, attr string) error {
	args, err := setup.Arguments(ctx, ev, e.Streams, flags.Args)
	if err != nil {
		return err
	}
	root, err := ev.EvalMain(ctx, e.Absolute(file))
	if err != nil {
		return err
	}
	v, err := root.SelectWith(ctx, attr, args)
	if err != nil {
		return err
	}
	if v, err = v.Force(ctx); err != nil {
		return err
	}
	urls, ok := v.Attr("urls")
	if !ok {
		return dropin.Failure("attribute 'urls' missing")
	}
	if p.URL, ok, err = firstOf(ctx, urls); err != nil {
		return err
	} else if !ok {
		return dropin.Failure("'urls' list is empty")
	}
	mode, ok := v.Attr("outputHashMode")
	if !ok {
		e.Log.Say(dropin.Info, "warning: this does not look like a fetchurl call")
		return nil
	}
	text, err := textOf(ctx, mode)
	p.Unpack = text == "recursive"
	return err
}

// mirrored returns a URL with the first place that nixpkgs has for mirror://NAME in front.
func mirrored(ctx context.Context, ev *eval.Evaluator, url string) (string, error) {
	rest, ok := strings.CutPrefix(url, "mirror://")
	if !ok {
		return url, nil
	}
	name, file, ok := strings.Cut(rest, "/")
	if !ok {
		return "", dropin.Failure("invalid mirror URL '%s'", rest)
	}
	all, err := ev.EvalString(ctx, "import <nixpkgs/pkgs/build-support/fetchurl/mirrors.nix>")
	if err != nil {
		return "", err
	}
	list, ok := all.Attr(name)
	if !ok {
		return "", dropin.Failure("unknown mirror name '%s'", name)
	}
	mirror, ok, err := firstOf(ctx, list)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", dropin.Failure("mirror URL '%s' did not expand to anything", url)
	}
	return strings.TrimSuffix(mirror, "/") + "/" + file, nil
}

// firstOf returns the first of a list of strings; ok is false if it is empty.
func firstOf(ctx context.Context, list eval.Value) (text string, ok bool, err error) {
	if list, err = list.Force(ctx); err != nil {
		return "", false, err
	}
	for _, x := range list.Elems() {
		text, err = textOf(ctx, x)
		return text, true, err
	}
	return "", false, nil
}

// textOf returns the string that v is.
func textOf(ctx context.Context, v eval.Value) (string, error) {
	v, err := v.Force(ctx)
	if err != nil {
		return "", err
	}
	text, ok := v.Text()
	if !ok {
		return "", dropin.Failure("expected a string but found %s", v.Kind())
	}
	return text, nil
}
