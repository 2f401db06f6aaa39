package core_test

import (
	"context"
	"fmt"
	"os"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// Evaluate a text with all builtins, in a world without files.
func Example() {
	st := memory.View("/nix/store", world.None())
	ev, err := core.New(core.Options{
		Builtins: builtins.All(st),
		Host:     st.Host(),
		Copier:   st,
		Internal: builtins.InternalTexts(),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	v, err := ev.EvalString(ctx, "ports.nix", `map (n: 8000 + n) [ 1 2 3 ]`, "/")
	if err != nil {
		fmt.Println(err)
		return
	}
	err = ev.Run(ctx, func(c *core.Call) error {
		if err := c.DeepForce(c.Lazy(v)); err != nil {
			return err
		}
		return c.Print(os.Stdout, v.Heap())
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output: [ 8001 8002 8003 ]
}
