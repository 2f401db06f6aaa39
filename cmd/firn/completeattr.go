package main

// This file defines the completion of attribute paths: of what the command line
// evaluates, for a short time.

import (
	"context"
	"io"
	"path"
	"strings"
	"time"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
)

// completeTime is how long the evaluation of what is completed may take.
const completeTime = time.Second

// completeAttrs returns the attribute paths that begin with prefix, of the first
// file or expression that the words name.
func (s *streams) completeAttrs(at *linePlace, prefix string) []candidate {
	quiet := *s.setup()
	quiet.Err = io.Discard
	set := quiet.Settings(func(string) {})
	if set.Load() != nil || set.Finish() != nil {
		return nil
	}
	opt := setup.Options(&quiet, set, &setup.Flags{Include: append(at.given["include"], at.given["I"]...)})
	ev, err := eval.New(opt)
	if err != nil {
		return nil
	}
	ctx := eval.WithLimits(context.Background(), eval.Limits{Time: completeTime})
	v, err := s.completed(ctx, ev, at)
	if err != nil {
		return nil
	}
	path, _ := splitLast(prefix)
	if path != "" {
		if v, err = v.Select(ctx, path); err != nil {
			return nil
		}
	}
	if v, err = v.AutoCall(ctx, nil); err != nil {
		return nil
	}
	if path != "" {
		path += "."
	}
	var out []candidate
	for name := range v.Attrs() {
		if !strings.ContainsAny(name, ".\" \t\n") && strings.HasPrefix(path+name, prefix) {
			out = append(out, candidate{path + name, ""})
		}
	}
	if len(out) == 1 {
		// A shell ends a word that can become one thing only with a space. What is in a
		// set is shown with it, so that the word goes on.
		out = append(out, inner(ctx, v, path, out[0].word)...)
	}
	return out
}

// inner returns the attributes of the set that is word, an attribute of v behind path;
// of a derivation none.
func inner(ctx context.Context, v eval.Value, path, word string) []candidate {
	set, err := v.Select(ctx, strings.TrimPrefix(word, path))
	if err == nil {
		set, err = set.AutoCall(ctx, nil)
	}
	if err != nil || set.Kind() != eval.KindAttrs {
		return nil
	}
	if _, ok := set.Attr("drvPath"); ok {
		return nil
	}
	var out []candidate
	for name := range set.Attrs() {
		if !strings.ContainsAny(name, ".\" \t\n") {
			out = append(out, candidate{word + "." + name, ""})
		}
	}
	return out
}

// completed evaluates what the words name.
func (s *streams) completed(ctx context.Context, ev *eval.Evaluator, at *linePlace) (eval.Value, error) {
	dir := s.dir
	for _, flag := range []string{"expr", "E"} {
		if list := at.given[flag]; len(list) > 0 {
			return ev.Eval(ctx, eval.Text{Source: list[0], Dir: dir})
		}
	}
	file := "."
	for _, name := range append(append(at.given["file"], at.given["f"]...), at.operands...) {
		file = name
		break
	}
	if rest, ok := strings.CutPrefix(file, "~/"); ok { // which the shell has not replaced yet
		file = path.Join(s.home, rest)
	}
	if strings.HasPrefix(file, "<") {
		return ev.Eval(ctx, eval.Text{Source: "import " + file, Dir: dir})
	}
	return ev.EvalFile(ctx, s.setup().Absolute(file))
}

// splitLast splits an attribute path before its last name.
func splitLast(path string) (before, last string) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}
