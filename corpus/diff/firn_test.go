package diff

// This file defines firnEval, which runs firn in this process.

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// firnEval evaluates a program as nix-instantiate --eval --strict does, with
// relative paths starting at evalDir. It returns what that prints, or else the
// innermost error message, without place and trace.
func firnEval(src string) (out, errMsg string) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	host := builtins.OSHost()
	st := store.New("", host)
	ev, err := eval.New(eval.Options{
		Builtins: builtins.All(st),
		Store:    st,
		Host:     host,
		System:   "x86_64-linux",
		Limits:   eval.Limits{Memory: 1 << 30},
		Internal: builtins.InternalTexts(),
	})
	if err != nil {
		return "", err.Error()
	}
	var b strings.Builder
	err = ev.Run(ctx, func(c *eval.Call) error {
		v, err := c.EvalText("«string»", src, evalDir)
		if err != nil {
			return err
		}
		if err := c.DeepForce(heap.Lazy(v)); err != nil {
			return err
		}
		return c.Print(&b, v)
	})
	if err != nil {
		return "", firnMessage(err)
	}
	return b.String(), ""
}

// firnMessage returns the message of an error without its position.
func firnMessage(err error) string {
	var parse *lang.Error
	var list lang.ErrorList
	var e *eval.Error
	msg := err.Error()
	switch {
	case errors.As(err, &list) && len(list) > 0:
		msg = list[0].Msg
	case errors.As(err, &parse):
		msg = parse.Msg
	case errors.As(err, &e):
		msg = e.Msg
	}
	if msg == "" {
		return " " // an error all the same
	}
	return msg
}
