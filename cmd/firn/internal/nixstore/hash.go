// Package nixstore has the programs nix-store, nix-hash, nix-prefetch-url, nix-collect-garbage
// and nix-copy-closure of Nix 2.34: the same flags, settings, environment, output, messages and
// exit status. What it does not do is build.
package nixstore

// This file defines nix-hash.

import (
	"fmt"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

const hashHelp = `nix-hash, the one of firn: prints hashes.

    nix-hash PATH...                print the hash of the archive of files and folders
    nix-hash --flat FILE...         print the hash of the bytes of files
    nix-hash --to-base32 HASH...    print hashes in another format
`

// HashMain runs nix-hash with the arguments behind its name, and returns the exit status.
func HashMain(args []string, s *setup.Streams) int {
	p := dropin.New("nix-hash", s)
	return p.End(runHash(p, args))
}

// runHash does what nix-hash is asked for.
func runHash(p *dropin.Program, args []string) error {
	e := storecmd.NewEnv(p)
	how := storecmd.Hashing{Method: storepath.NAR, Algo: nixhash.MD5, Format: nixhash.Base16}
	var convert, help bool
	var algo nixhash.Algo
	var operands []string
	format := func(f nixhash.Format, to bool) func([]string) error {
		return func([]string) error {
			how.Format = f
			convert = convert || to
			return nil
		}
	}
	own := []dropin.Flag{
		{Name: "help", Help: "Print this text.", Apply: dropin.On(&help)},
		{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return p.PrintVersion() }},
		{Name: "flat", Help: "Hash the bytes of a file, not its archive.", Apply: func([]string) error {
			how.Method = storepath.Flat
			return nil
		}},
		{Name: "type", Args: "name", Help: "The algorithm: md5 (default), sha1, sha256, sha512 or blake3.", Apply: func(args []string) (err error) {
			algo, err = e.ParseAlgo(args[0])
			return err
		}},
		{Name: "base16", Help: "Print base-16 (default).", Apply: format(nixhash.Base16, false)},
		{Name: "base32", Help: "Print base-32, as Nix writes it.", Apply: format(nixhash.Nix32, false)},
		{Name: "base64", Help: "Print base-64.", Apply: format(nixhash.Base64, false)},
		{Name: "sri", Help: "Print SRI: the algorithm, and base-64.", Apply: format(nixhash.SRI, false)},
		{Name: "truncate", Help: "Fold the hash to 160 bits.", Apply: dropin.On(&how.Truncate)},
		{Name: "to-base16", Help: "Convert hashes to base-16.", Apply: format(nixhash.Base16, true)},
		{Name: "to-base32", Help: "Convert hashes to base-32.", Apply: format(nixhash.Nix32, true)},
		{Name: "to-base64", Help: "Convert hashes to base-64.", Apply: format(nixhash.Base64, true)},
		{Name: "to-sri", Help: "Convert hashes to SRI.", Apply: format(nixhash.SRI, true)},
	}
	if err := start(p, args, own, &operands, nil); err != nil {
		return err
	}
	switch {
	case help:
		return printHelp(p, hashHelp, own)
	case convert:
		return e.ConvertHashes(operands, algo, how.Format)
	}
	if algo != 0 {
		how.Algo = algo
	}
	return e.PrintHashes(how, operands)
}

// start reads settings and the command line. Operands are added to operands; unknown takes
// what begins with a minus sign and is no flag, if it is not nil.
func start(p *dropin.Program, args []string, own []dropin.Flag, operands *[]string, unknown dropin.Taker) error {
	if err := p.Set.Load(); err != nil {
		return err
	}
	others := [][]dropin.Flag{p.BuildFlags(), p.CommonFlags()}
	operand := func(args []string) (rest []string, ok bool, err error) {
		if rest, ok, err = dropin.TakeOwn(args, own); ok {
			return rest, ok, err
		}
		if len(args[0]) > 0 && args[0][0] == '-' {
			if unknown == nil {
				return args, false, nil
			}
			return unknown(args)
		}
		*operands = append(*operands, args[0])
		return args[1:], true, nil
	}
	err := dropin.Parse(args, func(args []string) (rest []string, ok bool, err error) {
		if rest, ok, err = p.Take(args, others...); ok {
			return rest, ok, err
		}
		return operand(args)
	}, operand)
	if err != nil {
		return err
	}
	return p.Finish()
}

// printHelp prints what a program does, and its flags.
func printHelp(p *dropin.Program, text string, own []dropin.Flag) error {
	fmt.Fprint(p.Text, text)
	return dropin.PrintFlags(p.Text,
		dropin.Section{Title: "What to do", Flags: own},
		dropin.Section{Title: "Accepted since others pass them", Flags: p.BuildFlags()},
		dropin.Section{Title: "Messages and settings", Flags: p.CommonFlags()})
}
