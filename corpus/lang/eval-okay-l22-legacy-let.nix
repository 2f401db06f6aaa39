# let { body } is rec { body }.body. (L22)
[ let { body = x; x = 1; } (let { x = y; y = 2; body = { inherit x; }; }).x (let { __overrides = { x = 5; }; body = x; x = 1; }) ]
