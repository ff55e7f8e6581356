// Dear ImGui's triangles on WebGL 2. The module hands over coverage textures and one list of triangles for each frame;
// they stay on the GPU, so a canvas that scrolls (see Stage) is drawn again without asking the module.

const VERTEX_BYTES = 20;

const VERTEX_SHADER = `#version 300 es
uniform vec4 u_view; // left, top, width, height in CSS pixels
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 colour;
out vec2 at;
out vec4 tint;
void main() {
  at = uv;
  tint = colour;
  vec2 unit = (position - u_view.xy) / u_view.zw;
  gl_Position = vec4(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}`;

const FRAGMENT_SHADER = `#version 300 es
precision mediump float;
uniform sampler2D u_coverage;
in vec2 at;
in vec4 tint;
out vec4 colour;
void main() {
  colour = vec4(tint.rgb, tint.a * texture(u_coverage, at).r);
}`;

export interface TextureUpdate {
  texture: number;
  texture_width: number;
  texture_height: number;
  x: number;
  y: number;
  width: number;
  height: number;
  bytes_per_row: number;
  // From the rectangle's first pixel on.
  pixels: Uint8Array;
}

export class Renderer {
  // Frames drawn since the page was opened: at rest it must not grow.
  frames = 0;
  // The longest side a canvas may have, in device pixels. A context that is lost no longer says: it is asked once.
  readonly limit: number;
  private readonly program: WebGLProgram;
  private readonly view: WebGLUniformLocation | null;
  private readonly textures = new Map<number, WebGLTexture>();
  private readonly vertices: WebGLBuffer | null;
  private readonly indices: WebGLBuffer | null;
  private commands = new Uint32Array();

  private constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = this.make_program();
    this.view = gl.getUniformLocation(this.program, "u_view");
    this.vertices = gl.createBuffer();
    this.indices = gl.createBuffer();
    gl.bindVertexArray(gl.createVertexArray());
    gl.bindBuffer(gl.ARRAY_BUFFER, this.vertices);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.indices);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, VERTEX_BYTES, 0);
    gl.vertexAttribPointer(1, 2, gl.FLOAT, false, VERTEX_BYTES, 8);
    gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, VERTEX_BYTES, 16);
    for (const location of [0, 1, 2]) gl.enableVertexAttribArray(location);
    gl.useProgram(this.program);
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    const viewport = gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array;
    this.limit = Math.min(gl.getParameter(gl.MAX_TEXTURE_SIZE) as number, gl.getParameter(gl.MAX_RENDERBUFFER_SIZE) as number, viewport[0] ?? 2048, viewport[1] ?? 2048);
  }

  // Nothing where there is no WebGL 2.
  static on(canvas: HTMLCanvasElement): Renderer | null {
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: "low-power" });
    if (!gl || gl.isContextLost()) return null;
    try {
      return new Renderer(gl);
    } catch {
      return null;
    }
  }

  update_texture(update: TextureUpdate): void {
    const { gl } = this;
    let texture = this.textures.get(update.texture);
    if (!texture) {
      texture = gl.createTexture();
      this.textures.set(update.texture, texture);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      for (const [name, value] of [
        [gl.TEXTURE_MIN_FILTER, gl.LINEAR],
        [gl.TEXTURE_MAG_FILTER, gl.LINEAR],
        [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
        [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
      ] as const) gl.texParameteri(gl.TEXTURE_2D, name, value);
      gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R8, update.texture_width, update.texture_height);
    }
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, update.bytes_per_row);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, update.x, update.y, update.width, update.height, gl.RED, gl.UNSIGNED_BYTE, update.pixels);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
  }

  forget_texture(id: number): void {
    this.gl.deleteTexture(this.textures.get(id) ?? null);
    this.textures.delete(id);
  }

  // `commands`: texture, first index, number of indices, again and again.
  show(vertices: Uint8Array, indices: Uint16Array, commands: Uint32Array): void {
    const { gl } = this;
    gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.DYNAMIC_DRAW);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.DYNAMIC_DRAW);
    this.commands = commands.slice();
  }

  // Draws what was shown last, the part of it that this window (CSS pixels) sees.
  draw(left: number, top: number, width: number, height: number): void {
    const { gl } = this;
    if (gl.isContextLost()) return;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform4f(this.view, left, top, width, height);
    for (let at = 0; at + 3 <= this.commands.length; at += 3) {
      const [texture = 0, first = 0, count = 0] = this.commands.subarray(at, at + 3);
      gl.bindTexture(gl.TEXTURE_2D, this.textures.get(texture) ?? null);
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_SHORT, first * 2);
    }
    this.frames += 1;
  }

  private make_program(): WebGLProgram {
    const { gl } = this;
    const program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX_SHADER], [gl.FRAGMENT_SHADER, FRAGMENT_SHADER]] as const) {
      const shader = gl.createShader(type);
      if (!shader) throw new Error("no shader");
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error("the shaders do not link");
    return program;
  }
}
