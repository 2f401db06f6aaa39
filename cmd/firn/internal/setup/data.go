package setup

// This file defines files of data that stand for their value: JSON, TOML and YAML.

import (
	"context"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/text/yamltext"
	"github.com/firn-lang/firn/eval"
)

// IsData reports whether the name of a file is that of JSON, TOML or YAML.
func IsData(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".json", ".toml", ".yaml", ".yml":
		return true
	}
	return false
}

// Data returns the value of a file of JSON, or of TOML or YAML if its name says so.
func (s *Streams) Data(ctx context.Context, ev *eval.Evaluator, file string) (eval.Value, error) {
	text, err := s.ReadNamed(ctx, file)
	if err != nil {
		return eval.Value{}, FileError(file, err)
	}
	return s.DataText(ctx, ev, file, text)
}

// DataText is Data for a file whose contents are known.
func (s *Streams) DataText(ctx context.Context, ev *eval.Evaluator, file string, text []byte) (_ eval.Value, err error) {
	read := "builtins.fromJSON"
	switch strings.ToLower(path.Ext(file)) {
	case ".toml":
		read = "builtins.fromTOML"
	case ".yaml", ".yml":
		if text, err = yamltext.ToJSON(text); err != nil {
			return eval.Value{}, &DataError{file, err}
		}
	}
	fn, err := ev.Eval(ctx, eval.Text{Source: read, Dir: s.Dir})
	if err != nil {
		return eval.Value{}, err
	}
	v, err := fn.Call(ctx, string(text))
	if err != nil {
		err = &DataError{file, err}
	}
	return v, err
}

// A DataError is an error of what reads a file of data.
type DataError struct {
	File string // as it was named
	Err  error
}

func (e *DataError) Error() string { return e.File + ": " + e.Err.Error() }
func (e *DataError) Unwrap() error { return e.Err }
